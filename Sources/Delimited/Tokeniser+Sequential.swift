import Columnar

extension Tokeniser {
  /// Reads the records that the splitter found, one by one: those with a quote through libcsv, the
  /// others by their delimiters alone.
  func sequentialTokens(_ chunk: Chunk, _ buffers: inout TokenBuffers) -> Tokens {
    guard let quote = format.quote else { return structuralTokens(chunk, &buffers) }
    var parser = CSVParser(delimiter: format.delimiter, quote: quote)
    var sink = FieldSink()
    swap(&sink.bytes, &buffers.bytes)
    sink.bytes.removeAll(keepingCapacity: true)
    sink.starts = TokenBuffers.take(&buffers.starts, count: 0)
    sink.ends = TokenBuffers.take(&buffers.ends, count: 0)
    var offsets: [Int64] = []
    var refused = chunk.refused
    let isTranscoded = format.encoding.isUTF16
    let isText = !isTranscoded || ByteMasks.isUTF8(chunk.bytes.span)
    var cursor = PlaceCursor(at: chunk.offset, isTranscoded: isTranscoded)
    for record in chunk.records {
      let offset = cursor.place(of: Int(record.lowerBound), in: chunk.bytes)
      let before = sink.starts.count
      let bytesBefore = sink.bytes.count
      let range = Int(record.lowerBound)..<Int(record.upperBound)
      if !sink.append(chunk.bytes, range, delimiter: format.delimiter, unless: quote) {
        parser.parse(chunk.bytes.span.extracting(range), into: &sink)
      }
      let isWhole = sink.starts.count - before == chunk.fieldCount
      if isWhole, isText || ByteMasks.isUTF8(chunk.bytes.span.extracting(range)) {
        offsets.append(offset)
      } else {
        sink.bytes.removeLast(sink.bytes.count - bytesBefore)
        sink.starts.removeLast(sink.starts.count - before)
        sink.ends.removeLast(sink.ends.count - before)
        let end = cursor.place(of: range.upperBound, in: chunk.bytes)
        refused.append(
          RefusedRecord(
            offset: offset, length: end - offset, reason: isWhole ? .badEncoding : .ragged))
      }
    }
    if refused.count > chunk.refused.count { refused.sort { $0.offset < $1.offset } }
    var fields = Fields(bytes: sink.bytes, starts: sink.starts, ends: sink.ends)
    let isValid = fields.normalise(quote: nil, format.encoding, &buffers)
    return Tokens(
      bytes: fields.bytes, starts: fields.starts, ends: fields.ends,
      fieldCount: chunk.fieldCount, offsets: offsets, isValidUTF8: isValid,
      ownsBytes: true, refused: refused,
      blankLines: chunk.blankLines, strayQuotes: chunk.strayQuotes)
  }
}

/// The fields of records that are read one by one.
///
/// Something that no character holds stands between any two fields, so that the end of one and the
/// start of the next cannot make up a character.
struct FieldSink {
  var bytes: [UInt8] = []
  var starts: [UInt32] = []
  var ends: [UInt32] = []

  /// Sets the last field apart from the next.
  mutating func close() { bytes.append(10) }

  /// Appends the fields of a record in which no quote stands; says whether that is the case.
  mutating func append(
    _ source: [UInt8], _ record: Range<Int>, delimiter: UInt8, unless quote: UInt8
  ) -> Bool {
    let span = source.span
    for position in record where span[position] == quote { return false }
    let shift = bytes.count - record.lowerBound
    var start = record.lowerBound
    for position in record where span[position] == delimiter {
      starts.append(UInt32(start + shift))
      ends.append(UInt32(position + shift))
      start = position + 1
    }
    starts.append(UInt32(start + shift))
    ends.append(UInt32(record.upperBound + shift))
    bytes.append(contentsOf: source[record])
    close()
    return true
  }
}

extension Tokeniser {
  /// Reads the records that the splitter found, one by one, through libcsv.
  func sequentialTokens(_ chunk: Chunk) -> Tokens {
    guard let quote = format.quote else { return structuralTokens(chunk) }
    var parser = CSVParser(delimiter: format.delimiter, quote: quote)
    var sink = FieldSink()
    sink.bytes.reserveCapacity(chunk.bytes.count)
    var offsets: [Int64] = []
    var refused = chunk.refused
    let bytes = chunk.bytes.span
    for record in chunk.records {
      let offset = chunk.offset + Int64(record.lowerBound)
      let before = sink.starts.count
      let bytesBefore = sink.bytes.count
      let content = bytes.extracting(Int(record.lowerBound)..<Int(record.upperBound))
      parser.parse(content, into: &sink)
      if sink.starts.count - before == chunk.fieldCount {
        offsets.append(offset)
      } else {
        sink.bytes.removeLast(sink.bytes.count - bytesBefore)
        sink.starts.removeLast(sink.starts.count - before)
        sink.ends.removeLast(sink.ends.count - before)
        refused.append(
          RefusedRecord(offset: offset, length: Int64(record.count), reason: .ragged))
      }
    }
    if refused.count > chunk.refused.count { refused.sort { $0.offset < $1.offset } }
    var fields = Fields(bytes: sink.bytes, starts: sink.starts, ends: sink.ends)
    let isValid = fields.decode(format.encoding)
    return Tokens(
      bytes: fields.bytes, starts: fields.starts, ends: fields.ends,
      fieldCount: chunk.fieldCount, offsets: offsets, isValidUTF8: isValid, refused: refused,
      blankLines: chunk.blankLines, strayQuotes: chunk.strayQuotes)
  }
}

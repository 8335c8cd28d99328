import Delimited

/// What the structural reading of a file accepts, compared with what libcsv by itself makes of the
/// same bytes.
struct Difference {
  /// The records that both have.
  private(set) var agreed = 0
  /// Where they part, if they do; tells no value.
  private(set) var complaint: String?

  /// Compares the regular chunks of a file, which stand at its beginning.
  init(
    _ bytes: [UInt8], _ format: DelimitedFormat, fieldCount: Int?, blockSize: Int
  ) throws {
    guard let quote = format.quote else { return }
    let tokeniser = Tokeniser(format)
    var splitter = try RecordSplitter(
      bytes: bytes, format: format, fieldCount: fieldCount, blockSize: blockSize)
    // The bytes of the regular chunks, in UTF-8 when the file is in UTF-16, without a gap.
    var regular: [UInt8] = []
    var chunks: [(Tokens, start: Int, Chunk)] = []
    while let chunk = try splitter.next(), chunk.isRegular {
      let start = regular.count
      regular += chunk.bytes
      chunks.append((tokeniser.tokenise(chunk), start, chunk))
    }
    let rows = SequentialLibCSV.rows(regular, delimiter: format.delimiter, quote: quote)
    var next = 0
    for (tokens, start, chunk) in chunks {
      let refused = Set(tokens.refused.dropFirst(chunk.refused.count).map(\.offset))
      var record = 0
      while next < rows.count, rows[next].start < start + chunk.bytes.count {
        let row = rows[next]
        let place = self.place(of: row.start - start, in: chunk, format)
        next += 1
        if refused.contains(place) {
          let isRagged = row.fields.count != tokens.fieldCount
          if isRagged || row.fields.contains(where: { self.text($0, format) == nil }) { continue }
          complaint = "libcsv reads a whole record that is refused, at \(place)"
          return
        }
        guard record < tokens.count, tokens.offsets[record] == place else {
          complaint = "libcsv has another record at \(place)"
          return
        }
        guard row.fields.count == tokens.fieldCount else {
          complaint = "libcsv has \(row.fields.count) fields at \(place)"
          return
        }
        for (index, field) in row.fields.enumerated() {
          let cell = record * tokens.fieldCount + index
          let own = tokens.bytes[Int(tokens.starts[cell])..<Int(tokens.ends[cell])]
          guard Array(own) == decoded(field, format) else {
            complaint = "libcsv has other bytes in field \(index) at \(place)"
            return
          }
        }
        record += 1
        agreed += 1
      }
      guard record == tokens.count else {
        complaint = "libcsv has no record at \(tokens.offsets[record])"
        return
      }
    }
  }

  /// The byte of the file that a byte of a chunk comes from.
  private func place(of position: Int, in chunk: Chunk, _ format: DelimitedFormat) -> Int64 {
    guard format.encoding.isUTF16 else { return chunk.offset + Int64(position) }
    var place = chunk.offset
    for byte in chunk.bytes[..<position] {
      switch byte {
      case 0x80...0xBF: break
      case 0xF0...0xF4: place += 4
      case 0xFF: place += 1
      default: place += 2
      }
    }
    return place
  }

  private func decoded(_ field: [UInt8], _ format: DelimitedFormat) -> [UInt8] {
    guard let characters = format.encoding.characters else { return field }
    var decoded: [UInt8] = []
    _ = characters.decode(field.span, appendingTo: &decoded)
    return decoded
  }

  private func text(_ field: [UInt8], _ format: DelimitedFormat) -> String? {
    format.encoding.isUTF16 ? String(validating: field, as: UTF8.self) : ""
  }
}

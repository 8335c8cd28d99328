import Columnar

/// Cuts chunks into records and fields: structurally where all quoting is regular, through libcsv
/// where it is not; where both apply, they give the same fields.
///
/// A record with another number of fields than the chunk says is refused as ragged. A record of a
/// file in UTF-16 that is not text throughout is refused as badly encoded; in other encodings that
/// harms its cell alone.
package struct Tokeniser: Sendable {
  package let format: DelimitedFormat

  package init(_ format: DelimitedFormat) { self.format = format }

  /// The fields of a chunk; a pure function, for any thread.
  package func tokenise(_ chunk: Chunk) -> Tokens {
    var buffers = TokenBuffers()
    return tokenise(chunk, reusing: &buffers)
  }

  /// The fields of a chunk, in memory that former tokens left behind.
  package func tokenise(_ chunk: Chunk, reusing buffers: inout TokenBuffers) -> Tokens {
    chunk.isRegular || format.quote == nil
      ? structuralTokens(chunk, &buffers) : sequentialTokens(chunk, &buffers)
  }

  /// The fields of a single record, as the names that a header gives.
  func names(in record: [UInt8]) -> [String] {
    let end = UInt32(record.count)
    let fields: [Range<UInt32>]
    let bytes: [UInt8]
    if let quote = format.quote {
      var parser = CSVParser(delimiter: format.delimiter, quote: quote)
      var sink = FieldSink()
      parser.parse(record.span, into: &sink)
      bytes = sink.bytes
      fields = zip(sink.starts, sink.ends).map { $0..<$1 }
    } else {
      let cuts = record.indices.filter { record[$0] == format.delimiter }.map { UInt32($0) }
      bytes = record
      fields = zip([0] + cuts.map { $0 + 1 }, cuts + [end]).map { $0..<$1 }
    }
    return fields.map { field in
      let text = Array(bytes[Int(field.lowerBound)..<Int(field.upperBound)])
      guard let characters = format.encoding.characters else {
        return String(decoding: text, as: UTF8.self)
      }
      var decoded: [UInt8] = []
      _ = characters.decode(text.span, appendingTo: &decoded)
      return String(decoding: decoded, as: UTF8.self)
    }
  }
}

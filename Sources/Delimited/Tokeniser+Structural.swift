import Columnar

extension Tokeniser {
  /// Finds delimiters and line feeds outside quotes by masks of 64 bytes, then cuts at them.
  func structuralTokens(_ chunk: Chunk, _ buffers: inout TokenBuffers) -> Tokens {
    let bytes = chunk.bytes
    let (count, hasQuotes) = separators(of: bytes.span, into: &buffers.masks)
    let isTranscoded = format.encoding.isUTF16
    var cutting = Cutting(
      chunk, capacity: count + 1, countedFrom: isTranscoded ? 0 : chunk.offset, &buffers)
    cutting.cut(at: buffers.masks.span)
    if isTranscoded { cutting.settle(at: chunk.offset) }
    var fields = Fields(bytes: bytes, starts: cutting.starts, ends: cutting.ends)
    let isValid = fields.normalise(
      quote: hasQuotes ? format.quote : nil, format.encoding, &buffers)
    return Tokens(
      bytes: fields.bytes, starts: fields.starts, ends: fields.ends,
      fieldCount: chunk.fieldCount, offsets: cutting.offsets, isValidUTF8: isValid,
      ownsBytes: fields.isCopied,
      refused: chunk.refused + cutting.refused,
      blankLines: chunk.blankLines + cutting.blankLines, strayQuotes: chunk.strayQuotes)
  }

  /// For every 64 bytes three words, of which the first has the fields' ends and the last those of
  /// them that end a record.
  private func separators(
    of bytes: Span<UInt8>, into masks: inout [UInt64]
  ) -> (count: Int, hasQuotes: Bool) {
    ByteMasks.find(format.quote ?? 10, format.delimiter, 10, in: bytes, into: &masks)
    let mayQuote = format.quote != nil
    var hasQuotes = false
    var words = masks.mutableSpan
    var inside: UInt64 = 0
    var total = 0
    var position = 0
    while position < words.count {
      let quotes = mayQuote ? words[position] : 0
      var outside = ~inside
      if quotes != 0 {
        hasQuotes = true
        let within = ByteMasks.prefixXor(quotes) ^ inside
        outside = ~within
        inside = within >> 63 == 0 ? 0 : ~0
      }
      let lineFeeds = words[position + 2] & outside
      let ends = words[position + 1] & outside | lineFeeds
      words[position] = ends
      words[position + 2] = lineFeeds
      total += ends.nonzeroBitCount
      position += 3
    }
    return (total, hasQuotes)
  }
}

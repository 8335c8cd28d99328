import Columnar

/// A term of the index that is near another.
package struct NearTerm: Hashable, Sendable {
  /// Its number.
  package let term: Int
  /// The least number of insertions, deletions, replacements and exchanges of neighbours.
  package let distance: Int
}

extension TextIndex {
  /// The terms within a distance of a word, itself among them, in the order of their bytes.
  ///
  /// Distances count bytes and no byte is edited twice (optimal string alignment). The walk goes
  /// through the sorted terms as through a tree: rows of the table of distances are kept for the
  /// letters that a term shares with the one before, and where a row leaves no hope all terms with
  /// these first letters are skipped.
  package func terms(within limit: Int, of word: Span<UInt8>) -> [NearTerm] {
    let starts = numbers(.termStarts)
    let bytes = self.bytes(.termBytes)
    let width = word.count + 1
    // A row deeper than this leaves no hope.
    let deepest = word.count + limit + 1
    // One row for each letter of the term, the first for none.
    var rows = [Int](repeating: 0, count: width * (deepest + 2))
    for column in 0..<width { rows[column] = column }
    var letters = [UInt8](repeating: 0, count: deepest + 2)
    var depth = 0
    var found: [NearTerm] = []
    var term = 0
    while term < termCount {
      let start = Int(starts[term])
      let length = Int(starts[term + 1]) - start
      // The letters shared with what the rows stand for.
      var shared = 0
      while shared < depth, shared < length, letters[shared] == bytes[start + shared] {
        shared += 1
      }
      depth = shared
      var isHopeless = false
      while depth < length {
        letters[depth] = bytes[start + depth]
        depth += 1
        if fill(&rows, letters, word, depth, limit) > limit {
          isHopeless = true
          break
        }
      }
      guard isHopeless else {
        // Outside the band of a row its numbers are not kept: they are beyond the limit.
        let isInBand = abs(depth - word.count) <= limit
        let distance = isInBand ? rows[depth * width + word.count] : limit + 1
        if distance <= limit { found.append(NearTerm(term: term, distance: distance)) }
        term += 1
        continue
      }
      // The first term that does not begin with the letters of the rows.
      letters[depth] = 0xFF
      term = lowerBound(letters.span.extracting(0..<depth + 1), term + 1)
    }
    return found
  }

  /// Fills the row of a depth in a band around the diagonal and gives the least number of it.
  ///
  /// Outside the band all numbers are beyond the limit.
  @inline(__always)
  private func fill(
    _ rows: inout [Int], _ letters: [UInt8], _ word: Span<UInt8>, _ depth: Int, _ limit: Int
  ) -> Int {
    let width = word.count + 1
    let row = depth * width
    let letter = letters[depth - 1]
    var column = max(1, depth - limit)
    let last = min(width - 1, depth + limit)
    rows[row + column - 1] = column == 1 ? depth : limit + 1
    var least = rows[row + column - 1]
    while column <= last {
      let byte = word[column - 1]
      let isSame = letter == byte
      var cost = min(
        rows[row - width + column] + 1, rows[row + column - 1] + 1,
        rows[row - width + column - 1] + (isSame ? 0 : 1))
      if !isSame, depth > 1, column > 1, letter == word[column - 2], letters[depth - 2] == byte {
        cost = min(cost, rows[row - 2 * width + column - 2] + 1)
      }
      rows[row + column] = cost
      least = min(least, cost)
      column += 1
    }
    if column < width { rows[row + column] = limit + 1 }
    return least
  }
}

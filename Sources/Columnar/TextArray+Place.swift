extension TextArray {
  /// The texts of several arrays, each brought to a row of its own.
  ///
  /// `rows[i][j]` is the row that text `j` of array `i` gets; together they are the numbers below the
  /// number of texts, each once, which is checked. All texts together have fewer than 2^32 bytes.
  /// Arrays are read from their beginning to their end and written in any order.
  ///
  /// - Complexity: O(*n*) in the texts and their bytes, shared by the workers.
  package init(placing texts: [TextArray], at rows: [[UInt32]], workers: Int) {
    precondition(texts.count == rows.count, "a list of rows for each array")
    let count = texts.reduce(0) { $0 + $1.count }
    let ends = TextArray.ends(texts, rows, count: count)
    let byteCount = Int(ends.last ?? 0)
    let parts = TextArray.parts(texts)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { target, initialized in
      // Every text has bytes of its own, so that no two threads write to one place.
      nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(target)
      concurrently(parts.count, workers: workers) { number in
        let (array, range) = parts[number]
        unsafe TextArray.copy(texts[array], range, at: rows[array], ends, to: target)
      }
      initialized = byteCount
    }
    self.init(bytes: bytes, ends: ends)
  }

  /// For each row the end of its text.
  private static func ends(
    _ texts: [TextArray], _ rows: [[UInt32]], count: Int
  ) -> [UInt32] {
    let missing = UInt32.max
    var ends = [UInt32](repeating: missing, count: count)
    var target = ends.mutableSpan
    var placed = 0
    for (text, rows) in zip(texts, rows) {
      precondition(text.count == rows.count, "a row for each text")
      let stops = text.ends.span
      let places = rows.span
      var start: UInt32 = 0
      for index in stops.indices {
        let row = Int(places[index])
        if target[row] == missing { placed += 1 }
        target[row] = stops[index] - start
        start = stops[index]
      }
    }
    precondition(placed == count, "two texts at one row")
    var end: UInt32 = 0
    for row in 0..<count {
      end += target[row]
      target[row] = end
    }
    return ends
  }

  /// The arrays in pieces that threads share.
  private static func parts(_ texts: [TextArray]) -> [(array: Int, range: Range<Int>)] {
    let size = 1 << 16
    return texts.enumerated().flatMap { array, text in
      stride(from: 0, to: text.count, by: size).map {
        (array, $0..<min($0 + size, text.count))
      }
    }
  }

  private static func copy(
    _ texts: TextArray, _ range: Range<Int>, at rows: [UInt32], _ ends: [UInt32],
    to target: UnsafeMutableRawBufferPointer
  ) {
    let stops = texts.ends.span
    unsafe texts.bytes.span.withUnsafeBytes { source in
      var start = texts.start(range.lowerBound)
      for index in range {
        let stop = Int(stops[index])
        let row = Int(rows[index])
        if stop > start {
          let place = row == 0 ? 0 : Int(ends[row - 1])
          let text = unsafe UnsafeRawBufferPointer(rebasing: source[start..<stop])
          let room = target.count - place
          precondition(text.count <= room && place + text.count == Int(ends[row]))
          unsafe UnsafeMutableRawBufferPointer(rebasing: target[place...]).copyMemory(from: text)
        }
        start = stop
      }
    }
  }
}

extension TextArray {
  /// Copies texts out of a run of bytes: text `i` is `source[starts[i]..<ends[i]]`.
  ///
  /// Positions may be in any order and overlap; one outside the source is a programmer error.
  ///
  /// - Complexity: O(*n*) in the texts and their bytes.
  package init(copying source: Span<UInt8>, from starts: Span<UInt32>, to ends: Span<UInt32>) {
    precondition(starts.count == ends.count, "as many starts as ends")
    let count = starts.count
    let limit = source.count
    var total = 0
    let newEnds = [UInt32](capacity: count) { output in
      for index in 0..<count {
        let start = starts[index]
        let end = ends[index]
        precondition(start <= end && Int(end) <= limit, "a text outside its source")
        total += Int(end - start)
        output.append(UInt32(total))
      }
    }
    // Short texts are copied as 16 bytes, whose excess the next text overwrites.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: total + 16) { target, initialized in
      unsafe source.withUnsafeBytes { origin in
        let out = UnsafeMutableRawBufferPointer(target)
        var position = 0
        for index in 0..<count {
          let start = Int(starts[index])
          let length = Int(ends[index]) - start
          if length <= 16 && start + 16 <= limit {
            let word = unsafe origin.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
            unsafe out.storeBytes(of: word, toByteOffset: position, as: SIMD16<UInt8>.self)
          } else if length > 0 {
            let part = unsafe UnsafeRawBufferPointer(rebasing: origin[start..<start + length])
            unsafe UnsafeMutableRawBufferPointer(rebasing: out[position...]).copyMemory(from: part)
          }
          position += length
        }
      }
      initialized = total
    }
    self.init(bytes: bytes, ends: newEnds)
  }

  /// The texts at the positions given, in their order; a position of −1 gives an empty one.
  ///
  /// - Complexity: O(*n*) in the positions and the bytes of their texts.
  package func gather(_ rows: [Int32]) -> TextArray {
    let positions = rows.span
    let own = ends.span
    let starts = [UInt32](capacity: rows.count) { out in
      for index in positions.indices {
        let row = Int(positions[index])
        out.append(row <= 0 ? 0 : own[row - 1])
      }
    }
    let stops = [UInt32](capacity: rows.count) { out in
      for index in positions.indices {
        let row = Int(positions[index])
        out.append(row < 0 ? 0 : own[row])
      }
    }
    return TextArray(copying: bytes.span, from: starts.span, to: stops.span)
  }
}

/// A 128-bit hash of the contents of a record: what a delivery is compared by with the one before.
///
/// Cells are hashed in an order that the caller fixes, each with its length, so that neighbours
/// cannot run into each other. The function is not cryptographic; it is the same on every machine,
/// and since states keep its values, it must not change.
package struct RecordHash: Hashable, BitwiseCopyable, Sendable {
  package var high: UInt64
  package var low: UInt64

  /// The hash of a record without cells.
  fileprivate static let start = RecordHash(high: 0x9E37_79B9_7F4A_7C15, low: 0xC2B2_AE3D_27D4_EB4F)

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Adds sixteen bytes, as two little-endian words, and the length of the cell they belong to.
  @inline(__always)
  fileprivate mutating func add(_ first: UInt64, _ second: UInt64, length: UInt64) {
    high = RecordHash.fold(
      first ^ high ^ 0xA076_1D64_78BD_642F, second ^ length ^ 0xE703_7ED1_A0B4_28DB)
    low = RecordHash.fold(
      first ^ length ^ 0x8EBC_6AF0_9C88_C6E3, second ^ low ^ 0x5899_65CC_7537_4CC3)
  }

  /// Adds a cell that the record's file has no column for.
  @inline(__always)
  fileprivate mutating func addAbsent() { add(0, 0, length: ~0) }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    // The factors are kept in, lest a zero factor forget the other.
    return product.high ^ product.low ^ (left &+ right)
  }

  @inline(__always)
  @unsafe fileprivate mutating func add(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
    let length = UInt64(end - start)
    switch end - start {
    case 0: add(0, 0, length: 0)
    case 1...3:
      let first = unsafe UInt64(bytes[start])
      let middle = unsafe UInt64(bytes[start + (end - start) / 2])
      let last = unsafe UInt64(bytes[end - 1])
      add(first << 16 | middle << 8 | last, 0, length: length)
    case 4...8:
      let first = unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      let last = unsafe bytes.loadUnaligned(fromByteOffset: end - 4, as: UInt32.self)
      add(
        UInt64(UInt32(littleEndian: first)), UInt64(UInt32(littleEndian: last)), length: length)
    default:
      var position = start
      while position + 16 < end {
        let words = unsafe RecordHash.words(bytes, position, position + 8)
        add(words.0, words.1, length: length)
        position += 16
      }
      // The rest, 1 to 16 bytes: the last eight, and the eight before or overlapping them.
      let first = end - start < 16 ? start : end - 16
      let words = unsafe RecordHash.words(bytes, first, end - 8)
      add(words.0, words.1, length: length)
    }
  }

  @inline(__always)
  @unsafe private static func words(
    _ bytes: UnsafeRawBufferPointer, _ first: Int, _ second: Int
  ) -> (UInt64, UInt64) {
    let left = unsafe bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self)
    let right = unsafe bytes.loadUnaligned(fromByteOffset: second, as: UInt64.self)
    return (UInt64(littleEndian: left), UInt64(littleEndian: right))
  }
}

extension RecordHash {
  /// Hashes many records, each of `stride` cells whose bytes are `source[starts[i]..<ends[i]]`.
  ///
  /// - Parameters:
  ///   - source: the bytes in which all cells lie.
  ///   - starts: where each cell begins, the cells of a record one after the other.
  ///   - ends: where each cell ends.
  ///   - stride: the number of cells of a record, at least 1.
  ///   - columns: the cells to hash, in order; −1 for one that the records do not have.
  /// - Returns: one hash a record.
  package static func hashes(
    of source: Span<UInt8>, from starts: Span<UInt32>, to ends: Span<UInt32>, stride: Int,
    columns: [Int]
  ) -> [RecordHash] {
    precondition(starts.count == ends.count && starts.count % stride == 0, "whole records")
    precondition(columns.allSatisfy { $0 >= -1 && $0 < stride }, "columns of the record")
    let limit = source.count
    let columnSpan = columns.span
    let start = start
    return [RecordHash](capacity: starts.count / stride) { output in
      unsafe source.withUnsafeBytes { bytes in
        var first = 0
        while first < starts.count {
          var hash = start
          for index in columnSpan.indices {
            let column = columnSpan[index]
            if column < 0 {
              hash.addAbsent()
            } else {
              let start = Int(starts[first + column])
              let end = Int(ends[first + column])
              precondition(start <= end && end <= limit, "a cell outside its source")
              unsafe hash.add(bytes, start, end)
            }
          }
          output.append(hash)
          first += stride
        }
      }
    }
  }
}

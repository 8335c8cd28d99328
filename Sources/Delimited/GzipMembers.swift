import Columnar
import Gzip

/// The text of a gzip file: its members one after the other, as gzip(1) reads them.
struct GzipMembers: ~Copyable {
  private var inflater = Inflater()
  private var input: [UInt8] = []
  private var position = 0
  /// Whether the bytes at hand are those between two members.
  private var isBetween = false
  /// Zeros after the last member fill the last block of a tape and mean nothing.
  private var sawPadding = false
  private var isAtEnd = false
  private static let blockSize = 64 << 10

  init() {}

  /// Whether a file is gzip, by its first bytes.
  static func areMembers(_ start: [UInt8]) -> Bool { start.starts(with: [0x1F, 0x8B]) }

  /// Appends the next `count` bytes of the text, or as many as are left; says whether there may be
  /// more.
  ///
  /// `stored` appends the next bytes of the file, none at its end.
  mutating func read(
    _ count: Int, appendingTo buffer: inout [UInt8],
    from stored: (Int, inout [UInt8]) throws(DelimitedError) -> Void, path: String
  ) throws(DelimitedError) -> Bool {
    let end = buffer.count + count
    while buffer.count < end, !isAtEnd {
      if position == input.count {
        input.removeAll(keepingCapacity: true)
        position = 0
        try stored(GzipMembers.blockSize, &input)
        if input.isEmpty {
          guard isBetween else { throw GzipMembers.damage(path, "ends in the middle") }
          isAtEnd = true
        }
      } else if isBetween {
        try beginMember(path)
      } else {
        let input = input
        do throws(GzipError) {
          let step = try inflater.inflate(
            input.span.extracting(position..<input.count), atMost: end - buffer.count,
            appendingTo: &buffer)
          position += step.read
          isBetween = step.isEnd
        } catch {
          throw GzipMembers.damage(path, error.reason)
        }
      }
    }
    return !isAtEnd
  }

  private mutating func beginMember(_ path: String) throws(DelimitedError) {
    if input[position] == 0 {
      sawPadding = true
      position += 1
    } else if sawPadding || input[position] != 0x1F {
      throw GzipMembers.damage(path, "something else follows the compressed data")
    } else {
      inflater.begin()
      isBetween = false
    }
  }

  private static func damage(_ path: String, _ reason: String) -> DelimitedError {
    DelimitedError(.fileDamaged, path: path, reason: "a gzip file that is not whole: \(reason)")
  }
}

import Foundation
import Gzip
import TestSupport
import Testing

@Suite struct GzipTests {
  private func compressed(_ bytes: [UInt8], pieces: Int, level: Int = 6) -> [UInt8] {
    var deflater = Deflater(level: level)
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + pieces)
      let piece = Array(bytes[position..<end])
      deflater.deflate(piece.span, isLast: false, appendingTo: &output)
      position = end
    }
    let nothing: [UInt8] = []
    deflater.deflate(nothing.span, isLast: true, appendingTo: &output)
    return output
  }

  /// Decompresses one member.
  private func inflated(
    _ bytes: [UInt8], pieces: Int, room: Int
  ) throws(GzipError) -> (bytes: [UInt8], read: Int, isEnd: Bool) {
    var inflater = Inflater()
    var output: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let piece = Array(bytes[position..<min(bytes.count, position + pieces)])
      let step = try inflater.inflate(piece.span, atMost: room, appendingTo: &output)
      position += step.read
      if step.isEnd { return (output, position, true) }
    }
    return (output, position, false)
  }

  private func sample(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8(random.next() % 23) }
  }

  @Test(arguments: [0, 1, 1000, 300_000], [1, 9])
  func `what was compressed comes back, in pieces of any size`(count: Int, level: Int) throws {
    let bytes = sample(count, seed: UInt64(count))
    let packed = compressed(bytes, pieces: 1 << 20, level: level)
    for (pieces, room) in [(1 << 20, 1 << 20), (1000, 77), (7, 100_000)] {
      let back = try inflated(packed + [1, 2, 3], pieces: pieces, room: room)
      #expect(back.bytes == bytes)
      #expect(back.isEnd)
      #expect(back.read == packed.count)
    }
  }

  @Test func `the pieces change no byte, and the header has no time and no name`() {
    let bytes = sample(300_000, seed: 5)
    let packed = compressed(bytes, pieces: 1 << 20)
    #expect(compressed(bytes, pieces: 1000) == packed)
    #expect(compressed(bytes, pieces: 65_537) == packed)
    // RFC 1952, 2.3: the magic number, deflate, no flags, no time.
    #expect(packed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func `a member may follow another`() throws {
    let packed = compressed([1, 2, 3], pieces: 8)
    var inflater = Inflater()
    var output: [UInt8] = []
    for _ in 0..<3 {
      inflater.begin()
      let step = try inflater.inflate(packed.span, atMost: 100, appendingTo: &output)
      #expect(step == Inflater.Step(read: packed.count, isEnd: true))
    }
    #expect(output == [1, 2, 3, 1, 2, 3, 1, 2, 3])
  }

  @Test func `a damaged byte is noticed`() throws {
    let bytes = sample(5000, seed: 3)
    let packed = compressed(bytes, pieces: 5000)
    // The header's flags and its time are not covered by the checksum.
    for place in stride(from: 10, to: packed.count, by: 61) {
      var damaged = packed
      damaged[place] ^= 0x10
      let outcome = Result { () throws(GzipError) in
        try inflated(damaged, pieces: 4096, room: 4096)
      }
      if case .success(let found) = outcome { #expect(!found.isEnd) }
    }
    #expect(throws: GzipError.self) { _ = try inflated([9, 9, 9], pieces: 3, room: 10) }
  }
}

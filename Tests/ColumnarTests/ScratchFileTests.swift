import Dispatch
import Foundation
import TestSupport
import Testing

@testable import Columnar

struct ScratchFileTests {
  /// Two files made at one moment must not be one.
  @Test func `files made at once in one folder keep apart what is written`() throws {
    try withTemporaryFolder { folder in
      for _ in 0..<200 {
        let files = Guarded<[(file: ScratchFile, byte: UInt8)]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { number in
          guard let file = try? ScratchFile(folder: folder.path) else { return }
          _ = try? file.append([UInt8](repeating: UInt8(number), count: 64))
          files.withLock { $0.append((file, UInt8(number))) }
        }
        let made = files.withLock { $0 }
        #expect(made.count == 8)
        for (file, byte) in made {
          let read = try file.read(0..<64)
          #expect(read == [UInt8](repeating: byte, count: 64))
        }
      }
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import Columnar

struct FileLockTests {
  @Test func `one holder has a lock at a time`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("lock").path
      var first = try FileLock(path: path)
      #expect(first !== nil)
      #expect(try FileLock(path: path) === nil)
      first = nil
      #expect(try FileLock(path: path) !== nil)
    }
  }

  @Test func `a lock in a folder that is not there is an error`() throws {
    _ = try withTemporaryFolder { folder in
      #expect(throws: FileError.self) {
        try FileLock(path: folder.appendingPathComponent("none/lock").path)
      }
    }
  }
}

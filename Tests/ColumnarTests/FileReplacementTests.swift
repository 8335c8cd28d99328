import Columnar
import Foundation
import TestSupport
import Testing

@Suite struct `A file that replaces another` {
  @Test func `takes its place and its permissions`() throws {
    try withTemporaryFolder { folder in
      let old = folder.appendingPathComponent("a")
      let new = folder.appendingPathComponent("a.new")
      try Data("old".utf8).write(to: old)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: old.path)
      let reader = try FileHandle(forReadingFrom: old)
      try Data("new".utf8).write(to: new)
      try FileReplacement.replace(old.path, with: new.path)

      #expect(try Data(contentsOf: old) == Data("new".utf8))
      #expect(!FileManager.default.fileExists(atPath: new.path))
      let mode = try FileManager.default.attributesOfItem(atPath: old.path)[.posixPermissions]
      #expect(mode as? Int == 0o640)
      #expect(try reader.readToEnd() == Data("old".utf8))
    }
  }

  @Test func `needs none to replace`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("a").path
      try Data("new".utf8).write(to: URL(fileURLWithPath: path + ".new"))
      try FileReplacement.replace(path, with: path + ".new")
      #expect(FileManager.default.contents(atPath: path) == Data("new".utf8))
    }
  }

  @Test func `must exist`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("a").path
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      let error = try #require(throws: FileError.self) {
        try FileReplacement.replace(path, with: path + ".new")
      }
      #expect(error.reason == "No such file or directory")
      #expect(FileManager.default.contents(atPath: path) == Data("old".utf8))
    }
  }
}

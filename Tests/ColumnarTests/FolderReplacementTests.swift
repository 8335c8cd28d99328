import Columnar
import Foundation
import TestSupport
import Testing

@Suite struct FolderReplacementTests {
  private func make(_ name: String, in folder: URL) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    try Data(name.utf8).write(to: url.appendingPathComponent("content"))
    return url.path
  }

  private func content(_ path: String) -> String? {
    FileManager.default.contents(atPath: path + "/content").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func `a folder takes the place of nothing`() throws {
    try withTemporaryFolder { folder in
      let new = try make("new", in: folder)
      let path = folder.path + "/published"
      #expect(try FolderReplacement.replace(path, with: new) == nil)
      #expect(content(path) == "new" && content(new) == nil)
    }
  }

  @Test(arguments: [true, false])
  func `a folder takes the place of another, in one step or in two`(exchanges: Bool) throws {
    try withTemporaryFolder { folder in
      let path = try make("published", in: folder)
      let new = try make("new", in: folder)
      let older = try FolderReplacement.replace(path, with: new, exchanges: exchanges)
      #expect(content(path) == "new")
      #expect(older.flatMap { content($0) } == "published")
      if !exchanges {
        #expect(older == path + ".old")
        #expect(try FolderReplacement.recover(path) == older)
      }
    }
  }

  @Test func `a folder that lost its place comes back to it`() throws {
    try withTemporaryFolder { folder in
      let path = try make("published", in: folder)
      #expect(try FolderReplacement.recover(path) == nil)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
      #expect(try FolderReplacement.recover(path) == nil)
      #expect(content(path) == "published")
    }
  }

  @Test func `what is not there cannot be published`() throws {
    try withTemporaryFolder { folder in
      let path = try make("published", in: folder)
      #expect(throws: FileError.self) {
        try FolderReplacement.replace(path, with: folder.path + "/none")
      }
      #expect(content(path) == "published")
    }
  }
}

@Suite struct FileWriterTests {
  @Test func `bytes come one after the other, into a file that was not there`() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/file"
      do {
        var writer = try FileWriter(path: path)
        for piece in [[1, 2], [], [3]] as [[UInt8]] { try writer.write(piece.span) }
        try writer.synchronize()
      }
      #expect(FileManager.default.contents(atPath: path) == Data([1, 2, 3]))
      #expect(throws: FileError.self) { _ = try FileWriter(path: path) }
    }
  }
}

import Columnar
import CommonDataModel
import Foundation
import Load
import SQLite
import TestSupport
import Testing

@Suite struct `Publishing an SQLite target` {
  @Test func `leaves the published file alone until then, and its readers afterwards`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("cdm.sqlite")
      try load(deaths(0..<10), into: .death, url.path)
      let yesterday = try Data(contentsOf: url)
      let reader = try Connection(path: url.path, .readOnly)
      #expect(try reader.integer("select count(*) from death") == 10)

      let target = try SQLiteTarget(path: url.path)
      try target.create(tables: [.death])
      try target.append(deaths(0..<25), to: .death)
      _ = try target.finish()
      #expect(try Data(contentsOf: url) == yesterday)
      try target.publish()

      #expect(try reader.integer("select count(*) from death") == 10)
      let today = try Connection(path: url.path, .readOnly)
      #expect(try today.integer("select count(*) from death") == 25)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cdm.sqlite"])
    }
  }

  @Test func `follows a link to the file`() throws {
    try withTemporaryFolder { folder in
      let real = folder.appendingPathComponent("real.sqlite").path
      let link = folder.appendingPathComponent("link.sqlite").path
      try load(deaths(0..<1), into: .death, real)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.sqlite")
      try load(deaths(0..<2), into: .death, link)
      let database = try Connection(path: real, .readOnly)
      #expect(try database.integer("select count(*) from death") == 2)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.sqlite")
    }
  }

  @Test func `gives up without a trace`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.death])
      try target.append(deaths(0..<10), to: .death)
      #expect(FileManager.default.fileExists(atPath: path + ".new"))
      try target.abandon()
      try target.abandon()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func `gives up when the target is let go of`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      _ = try SQLiteTarget(path: path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func `starts over after a crash`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try Data("half a page".utf8).write(to: URL(fileURLWithPath: path + ".new"))
      try Data("journal".utf8).write(to: URL(fileURLWithPath: path + ".new-journal"))
      try load(deaths(0..<3), into: .death, path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cdm.sqlite"])
    }
  }

  @Test func `refuses a second load of the same target, and spares the first`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let first = try SQLiteTarget(path: path)
      try first.create(tables: [.death])
      let error = try #require(throws: LoadError.self) { _ = try SQLiteTarget(path: path) }
      #expect(error.code == .targetInUse)
      try first.append(deaths(0..<3), to: .death)
      #expect(try first.finish() == [.death: 3])
      try first.publish()
    }
  }

  @Test func `never publishes a file that another program put there`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.death])
      _ = try target.finish()
      try FileManager.default.moveItem(atPath: path + ".new", toPath: path + ".old")
      try Data("not ours".utf8).write(to: URL(fileURLWithPath: path + ".new"))
      let error = try #require(throws: LoadError.self) { try target.publish() }
      #expect(error.code == .targetInUse)
      try target.abandon()
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(FileManager.default.contents(atPath: path + ".new") == Data("not ours".utf8))
    }
  }

  @Test func `folds away the journal that another program left`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try load(deaths(0..<10), into: .death, path)
      let writer = try Connection(path: path, .readWrite)
      _ = try writer.pragmaText("journal_mode")
      try writer.execute("pragma journal_mode = wal; delete from death")
      #expect(FileManager.default.fileExists(atPath: path + "-wal"))

      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.death])
      try target.append(deaths(0..<4), to: .death)
      _ = try target.finish()
      let error = try #require(throws: LoadError.self) { try target.publish() }
      #expect(error.code == .targetInUse)
      try target.abandon()

      try writer.close()
      try load(deaths(0..<4), into: .death, path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cdm.sqlite"])
      let reader = try Connection(path: path, .readOnly)
      #expect(try reader.integer("select count(*) from death") == 4)
    }
  }
}

import Columnar
import CommonDataModel
import Foundation
import TestSupport
import Testing

@testable import Load

@Suite struct `Publishing a CSV folder` {
  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `leaves the published folder alone until then, and its readers afterwards`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      try loadCSV([deaths(0..<2)], into: .death, path)
      try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
      let yesterday = try csvText(.death, in: path)
      let reader = try FileHandle(
        forReadingFrom: URL(fileURLWithPath: "\(path)/death.csv"))

      let loader = try CSVLoader(path: path + "/", isCompressed: false)
      try loader.create(tables: CommonDataModel.tables)
      try loader.append(deaths(0..<5), to: .death)
      #expect(try loader.finish()["death"] == 5)
      #expect(try csvText(.death, in: path) == yesterday)
      #expect(try names(folder) == ["cdm", "cdm.new"])
      try loader.publish()

      #expect(try csvText(.death, in: path).split(separator: "\n").count == 6)
      #expect(try reader.readToEnd() == Data(yesterday.utf8))
      #expect(try names(folder) == ["cdm"])
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o750)
    }
  }

  @Test func `may change between plain and compressed files`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      try loadCSV([deaths(0..<2)], into: .death, path)
      try loadCSV([deaths(0..<2)], into: .death, path, isCompressed: true)
      #expect(try names(URL(fileURLWithPath: path)).allSatisfy { $0.hasSuffix(".csv.gz") })
    }
  }

  @Test func `follows a link to the folder`() throws {
    try withTemporaryFolder { folder in
      let link = folder.appendingPathComponent("link").path
      try loadCSV([deaths(0..<1)], into: .death, folder.appendingPathComponent("real").path)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real")
      try loadCSV([deaths(0..<3)], into: .death, link)
      #expect(try csvText(.death, in: folder.path + "/real").split(separator: "\n").count == 4)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real")
    }
  }

  @Test func `gives up without a trace, asked or let go of`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      for isAsked in [true, false] {
        let loader = try CSVLoader(path: path, isCompressed: isAsked)
        try loader.create(tables: CommonDataModel.tables)
        try loader.append(deaths(0..<10), to: .death)
        #expect(try names(folder) == ["cdm.new"])
        if isAsked {
          loader.abandon()
          loader.abandon()
        }
      }
      #expect(try names(folder).isEmpty)
    }
  }

  @Test func `starts over after a crash`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      try loadCSV([deaths(0..<1)], into: .death, path)
      try FileManager.default.createDirectory(
        atPath: path + ".new", withIntermediateDirectories: false)
      try Data("half a li".utf8).write(to: URL(fileURLWithPath: path + ".new/death.csv"))
      try loadCSV([deaths(0..<3)], into: .death, path)
      #expect(try names(folder) == ["cdm"])
    }
  }

  @Test func `puts back a folder that a crash left between two names`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      try loadCSV([deaths(0..<1)], into: .death, path)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
      let loader = try CSVLoader(path: path, isCompressed: false)
      #expect(try csvText(.death, in: path).split(separator: "\n").count == 2)
      loader.abandon()
      #expect(try names(folder) == ["cdm"])
      // One that was replaced and is still there is cleared.
      try FileManager.default.copyItem(atPath: path, toPath: path + ".old")
      try loadCSV([deaths(0..<3)], into: .death, path)
      #expect(try names(folder) == ["cdm"])
      #expect(try csvText(.death, in: path).split(separator: "\n").count == 4)
    }
  }

  @Test func `refuses a second load of the same target, and spares the first`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let first = try CSVLoader(path: path, isCompressed: false)
      try first.create(tables: [.death])
      let error = try #require(throws: LoadError.self) {
        _ = try CSVLoader(path: path, isCompressed: true)
      }
      #expect(error.code == .targetInUse)
      try first.append(deaths(0..<3), to: .death)
      #expect(try first.finish() == ["death": 3])
      try first.publish()
    }
  }

  @Test func `never publishes a folder that another program put there`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let loader = try CSVLoader(path: path, isCompressed: false)
      try loader.create(tables: [.death])
      _ = try loader.finish()
      try FileManager.default.moveItem(atPath: path + ".new", toPath: path + ".moved")
      try FileManager.default.createDirectory(
        atPath: path + ".new", withIntermediateDirectories: false)
      let error = try #require(throws: LoadError.self) { try loader.publish() }
      #expect(error.code == .targetInUse)
      loader.abandon()
      #expect(try names(folder) == ["cdm.moved", "cdm.new"])
    }
  }
}

@Suite struct `A CSV target refuses` {
  @Test(arguments: ["cdm", "cdm.new"])
  func `a folder that holds anything else, and leaves it as it is`(name: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let other = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: false)
      let file = other.appendingPathComponent("thesis.txt")
      try Data("years of work".utf8).write(to: file)
      let error = try #require(throws: LoadError.self) {
        _ = try CSVLoader(path: path, isCompressed: false)
      }
      #expect(error.code == .notACSVFolder)
      #expect(error.message.contains("thesis.txt"))
      #expect(try Data(contentsOf: file) == Data("years of work".utf8))
    }
  }

  @Test func `a folder into which something came during the load`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      try loadCSV([deaths(0..<1)], into: .death, path)
      let loader = try CSVLoader(path: path, isCompressed: false)
      try loader.create(tables: [.death])
      _ = try loader.finish()
      try Data("note".utf8).write(to: URL(fileURLWithPath: path + "/note.txt"))
      let error = try #require(throws: LoadError.self) { try loader.publish() }
      #expect(error.code == .notACSVFolder)
      loader.abandon()
      #expect(FileManager.default.fileExists(atPath: path + "/note.txt"))
      #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    }
  }

  @Test(arguments: [("", LoadError.Code.notACSVFolder), ("/", .notACSVFolder)])
  func `no place at all`(path: String, code: LoadError.Code) throws {
    let error = try #require(throws: LoadError.self) {
      _ = try CSVLoader(path: path, isCompressed: false)
    }
    #expect(error.code == code)
  }

  @Test func `a file, and a place in a folder that does not exist`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("cdm")
      try Data("a file".utf8).write(to: file)
      let error = try #require(throws: LoadError.self) {
        _ = try CSVLoader(path: file.path, isCompressed: false)
      }
      #expect(error.code == .notACSVFolder)
      let missing = try #require(throws: LoadError.self) {
        _ = try CSVLoader(path: folder.path + "/none/cdm", isCompressed: false)
      }
      #expect(missing.code == .folderMissing)
    }
  }

  @Test(
    arguments: [
      ([1, 1], nil, "is there twice or out of its order"),
      ([2, 1], nil, "is there twice or out of its order"),
      ([918_273_645, 918_273_646], [true, false], "location.location_id has no value"),
    ] as [([Int64], [Bool]?, String)])
  func `a row that breaks a constraint, without its values`(
    ids: [Int64], validity: [Bool]?, message: String
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let loader = try CSVLoader(path: path, isCompressed: false)
      try loader.create(tables: [.location, .death])
      let batch = Batch(
        Schema([Field("location_id", .integer)]),
        [Column(.integer, .lanes(ids), validity: validity)], count: 2)
      let error = try #require(throws: LoadError.self) { try loader.append(batch, to: .location) }
      #expect(error.code == .rowRefused)
      #expect(error.message.hasSuffix(message))
      #expect(!"\(error)".contains("918273645"))
      let rows = Batch(Schema([Field("death_date", .date)]), [Column(.date, .lanes([1]))], count: 1)
      let missing = try #require(throws: LoadError.self) { try loader.append(rows, to: .death) }
      #expect(missing.code == .rowRefused)
      #expect(missing.message.hasSuffix("death.person_id has no value"))
      let field = Batch(Schema([Field("x", .date)]), [Column(.date, .lanes([1]))], count: 1)
      let unknown = try #require(throws: LoadError.self) { try loader.append(field, to: .death) }
      #expect(unknown.code == .columnRefused)
    }
  }
}

import CommonDataModel
import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// The CDM as a folder of CSV files is the one of the database.
struct CSVTargetTests {
  private static func files(of folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try Data(contentsOf: folder.appendingPathComponent($0)))
      })
  }

  private static func run(
    _ folder: URL, _ scheme: String, threads: Int = 2, memory: Int = 1 << 30, block: Int? = nil
  ) throws -> Warehouse {
    var warehouse = Warehouse(folder, data: try Samples.of(persons: Project.size))
    warehouse.scheme = scheme
    try warehouse.run(threads: threads, memory: memory, block: block)
    return warehouse
  }

  @Test func `holds the rows of the database in the order of their keys`() throws {
    try withTemporaryFolder { folder in
      let database = try Self.run(folder, "sqlite").database()
      let warehouse = try Self.run(folder, "csv")
      var compared = 0
      for table in CommonDataModel.tables {
        let file = try CSVFile(warehouse.file.appendingPathComponent("\(table.name).csv"))
        #expect(file.header == table.fields.map(\.name))
        let order = table.primaryKey.map { " ORDER BY \($0.name)" } ?? " ORDER BY rowid"
        let names = table.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let rows = try database.rows("SELECT \(names) FROM \(table.name)\(order)")
        #expect(file.records.count == rows.count, "\(table.name)")
        for (record, row) in zip(file.records, rows) {
          for (cell, value) in zip(record, row) where cell != value ?? "" {
            // The database has decimals as the nearest double.
            #expect(Double(cell) != nil && Double(cell) == value.flatMap(Double.init))
          }
        }
        compared += rows.count
      }
      #expect(compared > 1000)
    }
  }

  @Test(arguments: ["csv", "csv+gzip"])
  func `threads, memory and blocks leave no trace`(scheme: String) throws {
    func files(_ threads: Int, _ memory: Int, _ block: Int?) throws -> [String: Data] {
      try withTemporaryFolder { folder in
        let warehouse = try Self.run(
          folder, scheme, threads: threads, memory: memory, block: block)
        return try Self.files(of: warehouse.file)
      }
    }
    let first = try files(1, 1 << 30, nil)
    #expect(first.count == CommonDataModel.tables.count)
    #expect(try files(2, 1 << 20, 4096) == first)
    #expect(try files(3, 16 << 20, 1 << 10) == first)
  }

  @Test func `books and quarantine are found by the path of the folder`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let target = "csv:\(path)/"
      let data = try Samples.of(persons: Project.size)
      let run = try Program.run([
        "run", Project.pipeline, "--set", "data=\(data.path)", "--set",
        "vocabulary=\(Project.vocabulary.path)", "--set", "key=\(Project.key.path)", "--target",
        target, "--as-of", Project.asOfText, "--quiet",
      ])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("person.csv"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == ["cdm", "cdm.state"])
      for name in [path, path + "/", target] {
        let books = try Program.run(["books", name])
        #expect(books.status == 0 && books.output.contains("hcl/patients"), "\(books.errors)")
        let list = try Program.run(["quarantine", "list", name, "--limit", "3"])
        #expect(list.status == 0 && list.output.contains("required_missing"), "\(list.errors)")
      }
      // The ledger lies there too: another run numbers nobody anew.
      let before = try Self.files(of: URL(fileURLWithPath: path))
      var warehouse = Warehouse(folder, data: data)
      warehouse.scheme = "csv"
      try warehouse.run()
      #expect(try Self.files(of: warehouse.file) == before)
    }
  }

  @Test func `a run killed at any moment leaves the folder of before or the whole new one`() throws
  {
    try withTemporaryFolder { folder in
      let data = try Samples.of(persons: Project.size)
      var warehouse = Warehouse(folder, data: Project.data)
      warehouse.scheme = "csv"
      try warehouse.run()
      let published = try Self.files(of: warehouse.file)
      var finished: [String: Data]?
      var killed = 0
      for round in 0..<6 {
        let running = try Program.start([
          "run", Project.pipeline, "--set", "data=\(data.path)", "--target", warehouse.target,
          "--as-of", Project.asOfText, "--quiet", "--memory", "1MB",
        ])
        // From the first file on, a little later each time.
        let person = warehouse.file.path + ".new/person.csv"
        while running.isRunning, !FileManager.default.fileExists(atPath: person) {
          Thread.sleep(forTimeInterval: 0.002)
        }
        Thread.sleep(forTimeInterval: 0.03 * Double(round))
        kill(running.processIdentifier, SIGKILL)
        if try running.wait().isSignal { killed += 1 }
        let files = try Self.files(of: warehouse.file)
        if files == published { continue }
        finished = files
        break
      }
      #expect(killed > 0)
      warehouse.data = data
      try warehouse.run()
      if let finished { #expect(try Self.files(of: warehouse.file) == finished) }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == ["cdm", "cdm.state"])
    }
  }
}

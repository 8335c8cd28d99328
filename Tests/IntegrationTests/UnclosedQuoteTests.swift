import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// One quote that nobody closes, in the middle of a large file.
struct UnclosedQuoteTests {
  #if DEBUG
    private static let megabytes = 1
  #else
    private static let megabytes = Project.isSanitized ? 1 : 100
  #endif

  /// Where the quote stands in its record: in the last field, or before others.
  enum Place: CaseIterable {
    case last
    case middle
  }

  @Test(arguments: Place.allCases)
  func `an unclosed quote costs one record of a file, however large`(place: Place) throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      var export = Handmade()
      export.patients = (0..<1000).map {
        "\(1_000_000 + $0);;;;12/03/1950;F;;69003;01/01/2024 08:00"
      }
      try export.write(to: data)
      let file = data.appendingPathComponent("hcl/biologie.csv")
      let records = try write(file, place)
      let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? NSNumber
      #expect((size?.intValue ?? 0) >= Self.megabytes << 20)
      let warehouse = Warehouse(folder, data: data)
      let outcome = try warehouse.run(memory: 64 << 20)
      let table = try #require(outcome.books.tables.first { $0.table == "hcl/results" })
      #expect(table.read == records)
      #expect(table.accepted == records - 1)
      let lines = try warehouse.quarantine()
      #expect(lines.map(\.reason) == ["unclosed_quote"])
      // The header is the first line; records with a line feed inside take two.
      #expect(lines.first?.line == Int64(2 + records / 2 + (records / 2 + 99) / 100))
      #expect(try warehouse.database().count("measurement") == records - 1)
    }
  }

  /// Writes results: one in a hundred has a text with a delimiter, a quote and a line feed in quotes,
  /// and the one in the middle has a quote that is not closed.
  private func write(_ url: URL, _ place: Place) throws -> Int {
    let handle = try FileHandle(forUpdating: url)
    try handle.seekToEnd()
    defer { try? handle.close() }
    let count = (Self.megabytes << 20) / 60 / 200 * 200
    var buffer = Data()
    for number in 0..<count {
      let person = 1_000_000 + number % 1000
      let head = "\(100_000_000_000 + number);\(person);;CREA;03/03/2024 10:05;"
      let rest =
        if number == count / 2 {
          place == .last ? "N;80;mmol/L;;\"110,5\(number)\n" : "T;\"not closed;mmol/L;;\n"
        } else if number % 100 == 0 {
          "T;\"a; \"\"b\"\"\nc\";;;\n"
        } else {
          "N;\(number % 500);mmol/L;;\(number % 300),5\n"
        }
      buffer.append(contentsOf: (head + rest).utf8)
      if buffer.count > 1 << 20 {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try handle.write(contentsOf: buffer)
    return count
  }
}

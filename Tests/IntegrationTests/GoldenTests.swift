import CommonDataModel
import Engine
import Foundation
import TestSupport
import Testing

/// What `pipelines/emc2.yaml` makes of the sample that ships with the project.
struct GoldenTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden", isDirectory: true)

  /// `RECORD_GOLDEN=1` writes the outputs anew; the test fails then, so that they are looked at.
  @Test func `the sample comes out as recorded`() throws {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: Project.data)
      try warehouse.run()
      let database = try warehouse.database()
      let files = FileManager.default
      let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil
      if isRecording {
        try? files.removeItem(at: Self.golden)
        try files.createDirectory(at: Self.golden, withIntermediateDirectories: true)
        Issue.record("the outputs were recorded")
      }
      var names: [String] = []
      var outputs = try CommonDataModel.tables.map { table in
        (name: table.name, text: try GoldenTable(table, database).text)
      }
      let run = try #require(warehouse.state.runs.last)
      outputs.append(("codes", Self.text(try CodeCounts.read(run.codes))))
      for (name, text) in outputs where !text.isEmpty {
        let file = Self.golden.appendingPathComponent("\(name).csv")
        names.append(file.lastPathComponent)
        if isRecording { try Data(text.utf8).write(to: file) }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n")
        let old = recorded.split(separator: "\n")
        let change = lines == old ? nil : lines.first { !old.contains($0) } ?? "fewer lines"
        #expect(change == nil, "\(name)")
      }
      #expect(try files.contentsOfDirectory(atPath: Self.golden.path).sorted() == names.sorted())
    }
  }
}

extension GoldenTests {
  /// What the run found of codes, a line each.
  private static func text(_ counts: CodeCounts) -> String {
    let lines = counts.codes.map { count in
      let values = count.values.map { "\($0.unit) \($0.records) \($0.persons) \($0.quantiles)" }
      return [
        count.rule, count.table, count.vocabulary ?? "", count.mapping ?? "", count.code ?? "",
        count.outcome.rawValue, "\(count.records)", "\(count.persons)",
        count.concepts.map(String.init).joined(separator: " "), values.joined(separator: "; "),
      ].joined(separator: "|")
    }
    return (["rule|table|vocabulary|mapping|code|outcome|records|persons|concepts|values"] + lines)
      .map { $0 + "\n" }.joined()
  }
}

/// A table as it is recorded: all rows of a short one, in the order of its key; of a longer one the
/// first rows, and a digest of each column.
private struct GoldenTable {
  let text: String

  private static let longest = 100
  private static let shown = 5

  init(_ table: CDMTable, _ database: Database) throws {
    let names = table.fields.map(\.name)
    let key = table.primaryKey?.name ?? names[0]
    let rows = try database.rows(
      "SELECT \(names.map { "\"\($0)\"" }.joined(separator: ", ")) FROM \(table.name) ORDER BY \(key)"
    )
    guard !rows.isEmpty else {
      text = ""
      return
    }
    let isLong = rows.count > GoldenTable.longest
    var lines = [names.joined(separator: ",")]
    lines += rows.prefix(isLong ? GoldenTable.shown : rows.count).map { row in
      row.map { GoldenTable.cell($0) }.joined(separator: ",")
    }
    if isLong {
      lines.append("# \(rows.count) rows; of each column how many have a value, and a digest:")
      for (index, name) in names.enumerated() {
        let values = rows.map { $0[index] }
        let filled = values.count { $0 != nil }
        if filled > 0 { lines.append("# \(name),\(filled),\(GoldenTable.digest(values))") }
      }
    }
    text = lines.map { $0 + "\n" }.joined()
  }

  private static func cell(_ value: String?) -> String {
    guard let value else { return "" }
    guard value.contains(where: { ",\"\n".contains($0) }) || value.isEmpty else { return value }
    return "\"\(value.replacing("\"", with: "\"\""))\""
  }

  /// FNV-1a with 64 bits (Fowler, Noll, Vo) over the values, each with its end.
  private static func digest(_ values: [String?]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for value in values {
      if let value { for byte in value.utf8 { add(byte) } } else { add(0xFF) }
      add(0xFE)
    }
    return String(hash, radix: 16)
  }
}

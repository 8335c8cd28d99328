import Foundation
import TestSupport
import Testing

/// Grouped rules over claims, beside a plain reading of what they mean.
struct ClaimTests {
  /// Claims made up from a seed, and what must come of them.
  private struct Claims {
    var files: [String: [String]] = [:]
    /// What was given, by person, day and code.
    var given: [String: Int] = [:]
    /// The stays of each person, by day of entry.
    var stays: [(person: String, entry: Int, exit: Int, code: String)] = []

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var pharmacy: [String] = []
      var years: [Int: [String]] = [2023: [], 2024: []]
      var beneficiaries: [String] = []
      for number in 0..<200 {
        let person = "P\(number)"
        beneficiaries.append("\(person);\(1930 + number % 80);\(1 + number % 2)")
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
          let day = Claims.day(Int.random(in: 0..<300, using: &random))
          let code = "340093000000\(Int.random(in: 0..<3, using: &random))"
          let count = Int.random(in: 1..<4, using: &random)
          var rows = [count]
          if Int.random(in: 0..<3, using: &random) == 0 {
            rows += [-count] + (Bool.random(using: &random) ? [count + 1] : [])
          }
          for (version, quantity) in rows.enumerated() {
            pharmacy.append(
              "\(person);\(day);\(code);\(quantity);\(quantity).25;2024-12-0\(version + 1)")
            given["\(person) \(day) \(code)", default: 0] += quantity
          }
        }
        var entry = Int.random(in: 0..<60, using: &random)
        for index in 0..<Int.random(in: 0..<4, using: &random) {
          let exit = entry + Int.random(in: 0..<5, using: &random)
          let code = ["I10", "E119", "N183"][Int.random(in: 0..<3, using: &random)]
          stays.append((person, entry, exit, code))
          let year = entry < 365 - 365 / 2 ? 2023 : 2024
          years[year]?.append(
            "\(person);S\(number)-\(index);\(Claims.day(entry));\(Claims.day(exit));\(code);;")
          entry = exit + Int.random(in: 1..<120, using: &random)
        }
      }
      given = given.filter { $0.value > 0 }
      files["beneficiaries.csv"] = ["BEN_IDT_ANO;BEN_NAI_ANN;BEN_SEX_COD"] + beneficiaries
      files["pharmacy.csv"] =
        ["BEN_IDT_ANO;EXE_SOI_DTD;PHA_PRS_C13;PHA_ACT_QSN;PHA_DEC_PRU;FLX_TRT_DTD"] + pharmacy
      files["stays_2023.csv"] =
        ["NIR_ANO;RSA_NUM;ENT_DAT;SOR_DAT;DGN_PAL;DGN_ASS1;DGN_ASS2"] + (years[2023] ?? [])
      files["stays_2024.csv"] =
        ["NIR_ANO_17;RSA_NUM;EXE_SOI_DTD;EXE_SOI_DTF;DGN_PAL;DGN_ASS1;DGN_ASS2"]
        + (years[2024] ?? [])
    }

    /// A day of 2024, or of the years behind it.
    static func day(_ number: Int) -> String {
      let date = Date(timeIntervalSince1970: 1_704_067_200 + Double(number) * 86_400)
      let parts = Calendar(identifier: .gregorian)
        .dateComponents(in: .gmt, from: date)
      return String(
        format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    /// Writes the files, with their rows in another order where a seed says so.
    func write(_ folder: URL, shuffle: UInt64? = nil) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, lines) in files {
        var rows = Array(lines.dropFirst())
        if let shuffle {
          var random = SeededGenerator(seed: shuffle)
          rows.shuffle(using: &random)
        }
        let text = ([lines[0]] + rows).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
    }
  }

  private func run(_ data: URL, _ more: [String] = []) throws -> Database {
    let target = data.appendingPathComponent("claims.sqlite")
    let ending = try Program.run(
      [
        "run", Project.root.appendingPathComponent("Examples/claims/project.yaml").path,
        "--set", "data=\(data.path)", "--target", "sqlite:\(target.path)",
        "--as-of", "2025-01-01", "--quiet",
      ] + more)
    #expect(ending.status == 0, "\(ending.errors)")
    return try Database(target)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `rows net, follow and begin as a plain reading says, in any order`(seed: UInt64) throws {
    let claims = Claims(seed: seed)
    try withTemporaryFolder { folder in
      let plain = folder.appendingPathComponent("plain")
      try claims.write(plain)
      let database = try run(plain)
      // What is left of each delivery.
      let quantities = try database.column(
        "SELECT cast(quantity AS integer) FROM drug_exposure ORDER BY 1")
      #expect(quantities == claims.given.values.sorted().map(String.init))
      // A transfer is a stay that begins within a week of the end of the one before.
      var transfers = 0
      var firsts: Set<String> = []
      for stays in Dictionary(grouping: claims.stays, by: \.person).values {
        for (before, after) in zip(stays, stays.dropFirst()) where after.entry <= before.exit + 7 {
          transfers += 1
        }
        for stay in stays { firsts.insert("\(stay.person) \(stay.code)") }
      }
      #expect(
        try database.column(
          "SELECT count(*) FROM visit_occurrence WHERE admitted_from_concept_id = 8717")
          == ["\(transfers)"])
      #expect(try database.count("visit_occurrence") == claims.stays.count)
      #expect(try database.count("observation") == firsts.count)
      // The same bytes whatever the order of the rows, the threads and the memory.
      for (number, options) in [
        [], ["--threads", "1"], ["--memory", "1MB", "--block-size", "4096"],
      ].enumerated() {
        let other = folder.appendingPathComponent("\(number)")
        try claims.write(other, shuffle: UInt64(number + 10))
        let shuffled = try run(other, options)
        for table in ["drug_exposure", "visit_occurrence", "observation", "metadata"] {
          let rows = "SELECT * FROM \(table) ORDER BY 1"
          #expect(try shuffled.rows(rows) == database.rows(rows))
        }
      }
    }
  }

  @Test func `the tests of the example pass`() throws {
    let ending = try Program.run([
      "test", Project.root.appendingPathComponent("Examples/claims/project.yaml").path,
    ])
    #expect(ending.status == 0, "\(ending.text)")
  }
}

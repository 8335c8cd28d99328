import Engine
import Foundation
import TestSupport
import Testing

/// `ecluse vocabulary coverage` and `unmapped`, and the budgets of pipelines.
struct CoverageTests {
  private struct Unmapped: Decodable {
    struct Code: Decodable { var code: String, records: Int, persons: Int }
    struct Hidden: Decodable { var codes: Int, records: Int? }
    var codes: [Code]
    var hidden: Hidden
  }

  private func withHospital(
    coverage: String = "", _ body: (CodedHospital) throws -> Void
  ) throws {
    try withTemporaryFolder { try body(CodedHospital($0, coverage: coverage)) }
  }

  private func vocabulary(
    _ command: String, _ hospital: CodedHospital, _ more: String..., status: Int32 = 0
  ) throws -> Program.Ending {
    let ending = try Program.run(["vocabulary", command, hospital.target] + more)
    #expect(ending.status == status, "\(ending.text)")
    return ending
  }

  @Test func `codes of eleven persons are told, and of fewer nowhere`() throws {
    try withHospital { hospital in
      _ = try hospital.project.run()
      let file = hospital.folder.appendingPathComponent("unmapped.csv").path
      var told: [String] = []
      for more in [[], ["--format", "json"], ["--output", file], ["--limit", "1"]] {
        for command in ["unmapped", "coverage"] {
          if command == "coverage", more.first == "--limit" { continue }
          let own = "\(file).\(command)"
          let options = more.map { $0 == file ? own : $0 }
          let ending = try Program.run(["vocabulary", command, hospital.target] + options)
          #expect(ending.status == 0, "\(ending.text)")
          told.append(ending.text)
          if options.contains(own) {
            told.append(try String(contentsOfFile: own, encoding: .utf8))
          }
        }
      }
      let all = told.joined(separator: "\n")
      #expect(all.contains("ELEVEN"))
      let search = LeakSearch([
        "code": CodedHospital.rare, "unit": "unit of one", "code of ten": "TEN\"",
      ])
      #expect(search.found(in: all) == [])
      // The state, which its owner alone may read, does hold them.
      let state = try LeakSearch(["code": CodedHospital.rare]).found(
        below: URL(fileURLWithPath: hospital.state.path))
      #expect(state == ["code in codes.sqlite"])

      let json = try vocabulary("unmapped", hospital, "--format", "json", "--domain", "measurement")
      let unmapped = try JSONDecoder().decode(Unmapped.self, from: Data(json.output.utf8))
      #expect(unmapped.codes.map(\.code) == ["ELEVEN"])
      #expect(unmapped.codes.map(\.records) == [22])
      #expect(unmapped.hidden.codes == 2)
      #expect(unmapped.hidden.records == 80)
    }
  }

  @Test func `the file for Usagi has a name and a whole frequency in every row`() throws {
    try withHospital { hospital in
      _ = try hospital.project.run()
      let file = hospital.folder.appendingPathComponent("unmapped.csv")
      let ending = try vocabulary("unmapped", hospital, "--output", file.path)
      #expect(ending.errors.contains("2 codes"))
      let csv = try CSVFile(file)
      #expect(Set(csv.header).count == csv.header.count)
      #expect(csv.rows.map { $0["source_code"] } == ["ELEVEN", "u"])
      for row in csv.rows {
        #expect(row["source_name"]?.isEmpty == false)
        #expect(Int32(row["frequency"] ?? "") != nil)
      }
      #expect(csv.rows[0]["values_in"] == "u")
      #expect(csv.rows[0]["p50"] == "0.0")
    }
  }

  @Test func `budgets on the command line decide about its exit code`() throws {
    try withHospital { hospital in
      _ = try hospital.project.run()
      // 160 rows are mapped, 102 are not: 61.06 %.
      _ = try vocabulary("coverage", hospital, "--budget", "measurement=61.06%")
      let low = try vocabulary(
        "coverage", hospital, "--budget", "p/measurement=61.07%", "--budget", "gender=100%",
        status: 1)
      #expect(low.errors.contains("p: measurement: fewer than the 61.07 % of the rows"))
      let wrong = try vocabulary(
        "coverage", hospital, "--budget", "measurment=61%", status: 1)
      #expect(wrong.errors.contains("did you mean measurement?"))
      _ = try vocabulary("coverage", hospital, "--budget", "measurement", status: 64)
      _ = try vocabulary("unmapped", hospital, "--domain", "drug", status: 1)
    }
  }

  @Test func `a run below its budget publishes nothing and says what to do`() throws {
    try withTemporaryFolder { folder in
      let first = try CodedHospital(folder)
      _ = try first.project.run()
      let before = try first.project.text("measurement")
      let second = try CodedHospital(
        folder, coverage: "coverage: { measurement: 99%, gender: 100% }\n")
      #expect {
        _ = try second.project.run()
      } throws: { error in
        "\(error)".contains("p: measurement: fewer than the 99 % of the rows that are asked for")
          && !"\(error)".contains("gender")
      }
      #expect(try first.project.text("measurement") == before)
      // What it found is there to be looked at.
      #expect(second.state.runs.count == 2)
      #expect(try second.counts() == CodeCounts.read(second.state.runs[0].codes))
      #expect(try vocabulary("unmapped", second).output.contains("ELEVEN"))
    }
  }

  @Test func `a run may lose the points allowed against the last published one`() throws {
    try withTemporaryFolder { folder in
      let budget = "coverage: { measurement: { least: 50%, drop: 1% } }\n"
      _ = try CodedHospital(folder, coverage: budget).project.run()
      // 160 of 264 rows: 60.61 %.
      _ = try CodedHospital(folder, coverage: budget, unmapped: 12).project.run()
      // 160 of 270 rows: 59.26 %, too far below the second run; and again, since that was not
      // published.
      for _ in 0..<2 {
        #expect(throws: CoverageTooLow.self) {
          _ = try CodedHospital(folder, coverage: budget, unmapped: 15).project.run()
        }
      }
      let hospital = try CodedHospital(folder, coverage: budget, unmapped: 14)
      _ = try hospital.project.run()
      let text = try vocabulary("coverage", hospital).output
      #expect(text.contains("since run 2"))
      #expect(text.contains("−1"))
      let drop = try vocabulary(
        "coverage", hospital, "--budget", "measurement=drop=0.5%", status: 1)
      #expect(drop.errors.contains("lost more than the 0.5 points allowed"))
    }
  }

  @Test func `a run that counted nothing is told`() throws {
    try withHospital { hospital in
      _ = try hospital.project.run()
      let run = try #require(hospital.state.runs.last)
      try FileManager.default.removeItem(atPath: run.codes)
      let ending = try vocabulary("coverage", hospital, status: 1)
      #expect(ending.errors.contains("run 1 has no counts of codes: published"))
    }
  }
}

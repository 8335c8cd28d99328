import Foundation
import TestSupport
import Testing

/// The identity of a patient comes out of nothing but `quarantine show`.
struct LeakTests {
  private func withHospital(_ body: (MarkedHospital) throws -> Void) throws {
    try withTemporaryFolder { try body(MarkedHospital($0)) }
  }

  /// Runs a command, and looks through what it printed and all that was written so far.
  @discardableResult
  private func run(
    _ arguments: [String], _ hospital: MarkedHospital, status: Int32?
  ) throws -> Program.Ending {
    let ending = try Program.run(arguments, in: hospital.out)
    check(ending, arguments, status: status)
    #expect(try MarkedHospital.search.found(below: hospital.out) == [], "\(arguments)")
    return ending
  }

  private func check(_ ending: Program.Ending, _ arguments: [String], status: Int32?) {
    #expect(!ending.isSignal)
    if let status {
      #expect(ending.status == status, "\(arguments): \(ending.text)")
    } else {
      #expect(ending.status != 0, "\(arguments)")
    }
    #expect(MarkedHospital.search.found(in: ending.text) == [], "\(arguments)")
  }

  @Test func `rows that are wrong in every way leave no value behind`() throws {
    try withHospital { hospital in
      try run(["check", hospital.project.path], hospital, status: 0)
      try run(hospital.run, hospital, status: 0)
      let target = hospital.target.path
      let list = try run(["quarantine", "list", target, "--limit", "1000"], hospital, status: 0)
      for reason in [
        "ragged_record", "unclosed_quote", "record_too_long", "person_missing", "not_a_date",
        "not_an_integer", "not_a_decimal", "not_a_timestamp", "not_a_boolean", "text_too_long",
        "cast_failed", "conflicting_rows", "required_missing",
      ] {
        #expect(list.output.contains(reason), "\(reason)")
      }
      try run(["quarantine", "list", target, "--format", "json"], hospital, status: 0)
      try run(["quarantine", "list", target, "--summary"], hospital, status: 0)
      try run(["books", target], hospital, status: 0)
      try run(["books", target, "--format", "json"], hospital, status: 0)
      try run(["test", hospital.project.path], hospital, status: 0)
      try run(hospital.run + ["--format", "json"], hospital, status: 0)
      let shown = try Program.run(["quarantine", "show", target, "patients.csv:4"])
      #expect(MarkedHospital.search.found(in: shown.output).contains("name"))
    }
  }

  @Test func `files that cannot be read are named, not quoted`() throws {
    try withHospital { hospital in
      let files = FileManager.default
      // A file without its header: the first record stands where the names should.
      let whole = try String(contentsOf: hospital.patients, encoding: .utf8)
      let headless = whole.drop { $0 != "\n" }.dropFirst()
      try hospital.write(String(headless), to: hospital.patients)
      try run(hospital.run, hospital, status: nil)
      try run(hospital.run + ["--format", "json"], hospital, status: nil)
      // One whose header has the names of the columns and more: a line feed is missing.
      let glued = whole.replacing("REMARQUE\n", with: "REMARQUE;", maxReplacements: 1)
      try hospital.write(glued, to: hospital.patients)
      let noted = try run(hospital.run, hospital, status: 0)
      #expect(noted.errors.contains("not declared"))
      // One with an unclosed quote in its header.
      try hospital.write(
        whole.replacing("IPP;", with: "\"IPP;", maxReplacements: 1), to: hospital.patients)
      try run(hospital.run, hospital, status: nil)
      // No file, and a folder in its place.
      try files.removeItem(at: hospital.patients)
      try run(hospital.run, hospital, status: nil)
      try files.createDirectory(at: hospital.patients, withIntermediateDirectories: true)
      try run(hospital.run, hospital, status: nil)
    }
  }

  @Test(arguments: [8, 24, 64])
  func `a target that cannot be written names no row`(kilobytes: Int) throws {
    try withHospital { hospital in
      let shell = try Program.Running(
        URL(fileURLWithPath: "/bin/bash"),
        [
          "-c", "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\"", Program.url.path,
        ] + hospital.run, in: hospital.out)
      check(try shell.wait(), hospital.run, status: nil)
      #expect(try MarkedHospital.search.found(below: hospital.out) == [])
    }
  }

  @Test func `wrong arguments show no data`() throws {
    try withHospital { hospital in
      try run(hospital.run, hospital, status: 0)
      let target = hospital.target.path
      let data = hospital.patients.path
      for arguments in [
        ["run"], hospital.run + ["--memory", "1"], hospital.run + ["--threads", "none"],
        hospital.run + ["--as-of", "yesterday"], hospital.run + ["--set", "data"],
        hospital.run + ["--set", "data=/nowhere"], ["check", data], ["run", data],
        ["test", data], ["books", data], ["books", target, "--run", "99"],
        ["quarantine", "list", data], ["quarantine", "list", target, "--kind", "patient"],
        ["quarantine", "show", target, "patients.csv"],
        ["quarantine", "show", target, "patients.csv:1"],
        ["run", hospital.project.path, "--target", "sqlite:\(data)"],
        ["run", hospital.project.path, "--target", "csv:\(target)"],
      ] {
        try run(arguments, hospital, status: nil)
      }
      #expect(try Data(contentsOf: hospital.patients).count > 1000)
    }
  }

  /// What may not be done with an identifier is a mistake of the pipeline: no data are read.
  @Test(arguments: [
    "IPP", "NOM", "'name: ' || NOM", "cast(NIR as varchar(20))",
    "case when NIR = '\(MarkedHospital.nir)' then 'found' end", "upper(NOM)",
    "coalesce(NOM, 'nobody')", "case when NOM like 'A%' then 'early' end",
    "substring(NIR from 2 for 2)", "case when NIR in ('1', '2') then 'few' end",
    "case when NOM < 'M' then 'first half' end", "min(NOM)",
  ])
  func `an identifier in an expression is found before any row is read`(expression: String) throws {
    try withHospital { hospital in
      let field = "\"\(expression)\""
      try hospital.write(MarkedHospital.pipeline(field: field), to: hospital.pipeline)
      for command in [["check", hospital.project.path], hospital.run] {
        let ending = try Program.run(command, in: hospital.out)
        #expect(ending.status == 2, "\(ending.text)")
        #expect(ending.errors.contains("marked.yaml:"), "\(ending.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: hospital.target.path))
    }
  }

  /// Numbers of patients and stays of the whole sample, in all that a run writes.
  @Test func `no number of a patient or stay is in the target or in the state`() throws {
    try withTemporaryFolder { folder in
      let data = try Samples.of(persons: Project.size)
      let warehouse = Warehouse(folder, data: data)
      try warehouse.run(memory: 1 << 20)
      var numbers: Set<String> = []
      for file in try LeakSearch.files(below: data.appendingPathComponent("hcl"))
      where file.lastPathComponent.hasPrefix("patients") || file.lastPathComponent.hasPrefix("sej")
      {
        let text = try #require(String(data: try Data(contentsOf: file), encoding: .isoLatin1))
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
          numbers.formUnion(line.split(separator: ";").prefix(2).map(String.init))
        }
      }
      numbers = numbers.filter { $0.count >= 9 && $0.allSatisfy(\.isNumber) }
      #expect(numbers.count > Project.size * 2)
      let search = NumberSearch(numbers)
      for file in try LeakSearch.files(below: folder) {
        #expect(search.count(in: try Data(contentsOf: file)) == 0, "\(file.lastPathComponent)")
      }
      // The search finds what is there.
      let patients = data.appendingPathComponent("hcl/patients.csv")
      #expect(search.count(in: try Data(contentsOf: patients)) > Project.size)
    }
  }
}

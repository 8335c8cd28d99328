import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// However the files of a source are written, the CDM made of them is the same.
struct CSVSourceTests {
  /// One table of patients in a project of its own.
  private struct Source {
    let folder: URL
    var data: URL { folder.appendingPathComponent("data", isDirectory: true) }

    /// Writes the project; `csv` are the settings beside the files.
    init(_ folder: URL, _ csv: String, _ file: [UInt8], name: String = "patients.csv") throws {
      self.folder = folder
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      let project = """
        language: 1
        project: breadth
        parameters: { data: data, vocabulary: none, key: none }
        pipelines: [source.yaml]
        vocabulary: ${vocabulary}
        key: ${key}
        cdm_source: { name: b, abbreviation: b, holder: b, description: b, documentation: b, etl_reference: b }

        """
      let pipeline = """
        language: 1
        pipeline: source
        source: { name: Source, abbreviation: SRC, zone: Europe/Paris, delivered: 2026-01-05 }
        extract:
          patients:
            csv: { files: "${data}/patients*", delimiter: ";"\(csv) }
            delivery: full
            key: [IPP]
            columns:
              IPP: identifier
              ANNEE: integer
              SEXE: text
        transform:
          - id: patient
            into: person
            from: patients
            person: IPP
            key: IPP
            fields:
              gender_concept_id: 0
              year_of_birth: ANNEE
              person_source_value: pseudonym(IPP)
              gender_source_value: SEXE

        """
      try Data(project.utf8).write(to: folder.appendingPathComponent("project.yaml"))
      try Data(pipeline.utf8).write(to: folder.appendingPathComponent("source.yaml"))
      try Data(file).write(to: data.appendingPathComponent(name))
    }

    var warehouse: Warehouse {
      var warehouse = Warehouse(folder, data: data)
      warehouse.project = folder.appendingPathComponent("project.yaml").path
      return warehouse
    }
  }

  private static let text =
    "IPP;ANNEE;SEXE\r\n"
    + (1...300).map { "0\($0 * 7);\(1930 + $0 % 70);\"f\u{E9}minin; \($0)\"\r\n" }.joined()

  private static func utf16(_ text: String, isBigEndian: Bool = false) -> [UInt8] {
    text.utf16.flatMap { unit in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
  }

  private static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data(bytes).write(to: file)
      let ending = try Program.Running(
        URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-9", file.path], in: nil
      ).wait()
      #expect(ending.status == 0, "\(ending.errors)")
      return [UInt8](try Data(contentsOf: file.appendingPathExtension("gz")))
    }
  }

  private static let latin = Array(text.unicodeScalars.map { UInt8($0.value) })

  /// The settings, the file, and its name.
  static let forms: [(csv: String, file: [UInt8], name: String)] = {
    let mark = "\u{FEFF}"
    let packed = (try? compressed(Array(text.utf8))) ?? []
    let packedUTF16 = (try? compressed(utf16(mark + text))) ?? []
    return [
      ("", Array(text.utf8), "patients.csv"),
      (", encoding: windows-1252", latin, "patients.csv"),
      (", encoding: iso-8859-1", latin, "patients.csv"),
      (", encoding: iso-8859-15", latin, "patients.csv"),
      (", encoding: utf-16", utf16(mark + text), "patients.csv"),
      (", encoding: utf-16", utf16(mark + text, isBigEndian: true), "patients.csv"),
      (", encoding: utf-16be", utf16(text, isBigEndian: true), "patients.csv"),
      ("", packed, "patients.csv.gz"), ("", packed, "patients.csv"),
      (", encoding: utf-16", packedUTF16, "patients.csv.gz"),
    ]
  }()

  private static let plain = Result {
    try withTemporaryFolder { folder in
      let source = try Source(folder, "", Array(text.utf8))
      try source.warehouse.run()
      return try source.warehouse.bytes()
    }
  }

  @Test(arguments: forms.indices)
  func `encoding, compression, blocks and threads leave no trace`(index: Int) throws {
    let form = Self.forms[index]
    for (threads, block) in [(1, nil), (2, 1), (3, 777)] as [(Int, Int?)] {
      try withTemporaryFolder { folder in
        let source = try Source(folder, form.csv, form.file, name: form.name)
        try source.warehouse.run(threads: threads, block: block)
        #expect(try source.warehouse.bytes() == Self.plain.get(), "\(threads) \(block ?? 0)")
      }
    }
  }

  @Test(arguments: [false, true])
  func `a refused record of UTF-16 is found again, compressed or not`(isCompressed: Bool) throws {
    try withTemporaryFolder { folder in
      var units = Array("\u{FEFF}IPP;ANNEE;SEXE\nĊ1;1950;F\n2;1951;x".utf16)
      // Half a character, then a record that is whole, one that is ragged, and half a unit.
      units += [0xD83D] + Array("\n3;1952;M\nĊ4;1953\n5;19".utf16)
      let bytes: [UInt8] = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + [0x35]
      let source = try Source(
        folder, ", encoding: utf-16", isCompressed ? try Self.compressed(bytes) : bytes)
      let books = try source.warehouse.run(block: 5).books
      #expect(books.tables.map { [$0.read, $0.accepted, $0.quarantined] } == [[5, 2, 3]])
      #expect(
        try source.warehouse.quarantine().filter { $0.kind != "person" }
          .map { "\($0.kind) \($0.line) \($0.reason)" }
          == ["record 3 bad_encoding", "record 5 ragged_record", "record 6 ragged_record"])
      let target = source.warehouse.file.path
      let ragged = try Program.run(["quarantine", "show", target, "patients.csv:5"])
      #expect(ragged.status == 0, "\(ragged.errors)")
      #expect(ragged.output.hasSuffix("\n\nĊ4;1953\n"))
      let broken = try Program.run(["quarantine", "show", target, "patients.csv:3"])
      #expect(broken.output.hasSuffix("\n\n2;1951;x\u{FFFD}\u{FFFD}\u{FFFD}\n"))
    }
  }

  @Test func `a gzip file that is cut off stops the run, and its error names it`() throws {
    try withTemporaryFolder { folder in
      let packed = try Self.compressed(Array(Self.text.utf8))
      let source = try Source(
        folder, "", Array(packed.dropLast(20)), name: "patients.csv.gz")
      #expect {
        try source.warehouse.run()
      } throws: {
        "\($0)".contains("patients.csv.gz: a gzip file that is not whole")
      }
      #expect(!FileManager.default.fileExists(atPath: source.warehouse.file.path))
    }
  }

  @Test func `without quoting a quote is data`() throws {
    try withTemporaryFolder { folder in
      let text = "IPP;ANNEE;SEXE\n1;1950;\"\n2;1951;a \"b\" c\n3;1952;\"d\"\n"
      let source = try Source(folder, ", quoting: none", Array(text.utf8))
      try source.warehouse.run()
      #expect(
        try source.warehouse.database().column(
          "SELECT gender_source_value FROM person ORDER BY year_of_birth")
          == ["\"", "a \"b\" c", "\"d\""])
      #expect(try source.warehouse.quarantine().allSatisfy { $0.kind == "person" })
    }
  }
}

import Extract
import Foundation
import TestSupport
import Testing

@Suite struct HeaderReportTests {
  private let columns = [
    SourceColumn("NUM_SEJOUR", .text), SourceColumn("IPP", .text),
    SourceColumn("CP", .text, header: "CODE_POSTAL", isOptional: true),
  ]

  @Test func `a header as declared has nothing to report`() {
    let report = HeaderReport(header: ["NUM_SEJOUR", "IPP", "CODE_POSTAL"], columns: columns)
    #expect(!report.hasErrors && !report.isReordered)
    #expect(report.missing.isEmpty && report.extra.isEmpty && report.duplicates.isEmpty)
    #expect(report.fields == [0, 1, 2])
  }

  @Test func `a missing column is told with the name that may be meant`() {
    let report = HeaderReport(header: ["NUM_SEJOURS", "X", "IPP"], columns: columns)
    #expect(report.hasErrors)
    #expect(report.missing.map(\.header) == ["NUM_SEJOUR", "CODE_POSTAL"])
    #expect(report.missing.map(\.nearest) == ["NUM_SEJOURS", nil])
    #expect(report.missing.map(\.isOptional) == [false, true])
    #expect(report.extra == ["NUM_SEJOURS", "X"])
    #expect(report.fields == [nil, 2, nil])
  }

  @Test func `a record in the place of the header gives no name away`() {
    let report = HeaderReport(header: ["NUM_SEJOURS", "IPPE"], columns: columns)
    #expect(!report.isHeader)
    #expect(report.missing.allSatisfy { $0.nearest == nil })
    #expect(HeaderReport(header: ["X", "IPP", "Y"], columns: columns).extraPlaces == [1, 3])
  }

  @Test func `an optional column may be missing`() {
    #expect(!HeaderReport(header: ["NUM_SEJOUR", "IPP"], columns: columns).hasErrors)
  }

  @Test func `columns in another order are told`() {
    let report = HeaderReport(header: ["IPP", "X", "NUM_SEJOUR"], columns: columns)
    #expect(report.isReordered && !report.hasErrors)
    #expect(report.fields == [2, 0, nil])
  }

  @Test func `a name that stands twice is an error only where it is declared`() {
    let twice = HeaderReport(header: ["NUM_SEJOUR", "IPP", "IPP", "X", "X"], columns: columns)
    #expect(twice.duplicates == ["IPP", "X"])
    #expect(twice.duplicatesDeclared == ["IPP"])
    #expect(twice.hasErrors)
    #expect(!HeaderReport(header: ["NUM_SEJOUR", "IPP", "X", "X"], columns: columns).hasErrors)
  }

  @Test func `an empty file lacks every column`() {
    #expect(HeaderReport(header: [], columns: columns).missing.count == 3)
  }

  @Test func `several patterns name each file once, in one order`() throws {
    try withTemporaryFolder { folder in
      for name in ["s_2.csv", "s_1.csv", "t.csv"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      let files = expandFiles([
        folder.path + "/t.csv", folder.path + "/s_*.csv", folder.path + "/*",
      ])
      #expect(
        files.map { String($0.dropFirst(folder.path.count + 1)) } == [
          "s_1.csv", "s_2.csv", "t.csv",
        ])
    }
  }
}

import CommonDataModel
import Foundation
import Testing

/// The folder with OHDSI's own files, where it is at hand.
private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

@Suite(.enabled(if: referenceData != nil, "needs ECLUSE_REFERENCE_DATA"))
struct `The specification of OHDSI` {
  @Test func `has the same tables in the same order`() throws {
    let records = try records("OMOP_CDMv5.4_Table_Level.csv")
    #expect(CommonDataModel.tables.map(\.name) == records.map { $0["cdmTableName"] })
  }

  @Test func `has the same fields with the same properties`() throws {
    let ours = CommonDataModel.tables.flatMap { table in table.fields.map { (table, $0) } }
    let records = try records("OMOP_CDMv5.4_Field_Level.csv")
    try #require(ours.count == records.count)
    // The field list and the table list of the specification order tables alike.
    for ((table, field), record) in zip(ours, records) {
      let place: Comment = "\(table.name).\(field.name)"
      #expect(table.name == record["cdmTableName"], place)
      #expect(field.name == record["cdmFieldName"]?.replacingOccurrences(of: "\"", with: ""), place)
      #expect(field.isRequired == (record["isRequired"] == "Yes"), place)
      #expect(field.isPrimaryKey == (record["isPrimaryKey"] == "Yes"), place)
      #expect((field.reference != nil) == (record["isForeignKey"] == "Yes"), place)
      #expect(field.reference?.table == value(record["fkTableName"])?.lowercased(), place)
      #expect(field.reference?.field == value(record["fkFieldName"])?.lowercased(), place)
      #expect(field.domain == value(record["fkDomain"]), place)
      #expect(field.conceptClass == value(record["fkClass"]), place)
      let datatype = field.datatype == .bigint ? .integer : field.datatype
      #expect(datatype.description == name(of: record["cdmDatatype"] ?? ""), place)
    }
  }

  private func value(_ cell: String?) -> String? { cell == "NA" ? nil : cell }

  /// A datatype of the specification under our name.
  private func name(of datatype: String) -> String {
    switch datatype.lowercased() {
    case "float": "numeric"
    case "varchar(max)": "text"
    case let other: other
    }
  }

  /// The records of a CSV file (RFC 4180), by column name.
  private func records(_ file: String) throws -> [[String: String]] {
    let folder = try #require(referenceData)
    let path = URL(fileURLWithPath: folder).appendingPathComponent("omop/cdm/\(file)")
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in try Data(contentsOf: path) + [UInt8(ascii: "\n")] {
      switch byte {
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        cell.append(byte)
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        row.append(unquoted(cell))
        cell = []
        if byte == UInt8(ascii: "\n") {
          if row != [""] { rows.append(row) }
          row = []
        }
      case UInt8(ascii: "\r") where !isQuoted: continue
      default: cell.append(byte)
      }
    }
    let header = try #require(rows.first)
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private func unquoted(_ cell: [UInt8]) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else { return text }
    return text.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"")
  }
}

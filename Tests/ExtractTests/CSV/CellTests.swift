import Columnar
import Delimited
import Extract
import Testing

/// What single cells become.
@Suite struct CellTests {
  private func read(_ cell: String, _ type: SourceColumnType) throws -> String {
    let reading = try readTable("A\n\"\(cell)\"\n", [SourceColumn("A", type)])
    if let value = reading.rows[0][0] { return value }
    return reading.rejectedCells.first.map { String($0.dropFirst(4)) } ?? "NULL"
  }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("+5", "5"), ("007", "7"), (" 12\t", "12"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("00000000000000000000000042", "42"), ("9223372036854775808", "not_an_integer"),
    ("-9223372036854775809", "not_an_integer"), ("99999999999999999999999", "not_an_integer"),
    ("-", "not_an_integer"), ("1 2", "not_an_integer"), ("1e3", "not_an_integer"),
    ("1.0", "not_an_integer"), ("--1", "not_an_integer"), ("", "NULL"), ("  ", "NULL"),
    ("1/", "not_an_integer"), ("1:", "not_an_integer"),
  ])
  func integers(cell: String, value: String) throws {
    #expect(try read(cell, .integer) == value)
  }

  @Test(arguments: [
    ("1,5", "150"), ("-1,25", "-125"), ("12", "1200"), (",5", "50"), ("5,", "500"),
    ("1,500", "150"), ("1,505", "decimal_overflow"), ("1.5", "not_a_decimal"),
    ("1,2,3", "not_a_decimal"), (",", "not_a_decimal"), ("-", "not_a_decimal"),
    ("92233720368547758,07", "9223372036854775807"),
    ("92233720368547758,08", "decimal_overflow"), ("99999999999999999999", "decimal_overflow"),
    ("99999999999999999999x", "not_a_decimal"), ("1 000", "not_a_decimal"), ("", "NULL"),
    ("+0,01", "1"),
  ])
  func `decimals with a comma`(cell: String, value: String) throws {
    #expect(try read(cell, .decimal(scale: 2, mark: UInt8(ascii: ","))) == value)
  }

  @Test func `a decimal of scale zero takes zeros after its mark`() throws {
    let type = SourceColumnType.decimal(scale: 0, mark: UInt8(ascii: "."))
    #expect(try read("12.0", type) == "12")
    #expect(try read("12.5", type) == "decimal_overflow")
  }

  @Test(arguments: [
    ("dd/MM/yyyy", "02/01/1970", "1"), ("yyyyMMdd", "19700102", "1"),
    ("yyyy-MM-dd", "2024-02-29", "19782"), ("yyyy-MM-dd", "2023-02-29", "not_a_date"),
    ("yyyy-MM-dd", "2025-13-45", "not_a_date"), ("yyyy-MM-dd", "2025-00-10", "not_a_date"),
    ("yyyy-MM-dd", "2025-1-10", "not_a_date"), ("yyyy-MM-dd", "2025/01/10", "not_a_date"),
    ("yyyy-MM-dd", "0000-01-01", "not_a_date"), ("yyyy-MM-dd", "+025-01-01", "not_a_date"),
    ("yyyyMMdd", "1900022x", "not_a_date"), ("yyyyMMdd", "19000229", "not_a_date"),
    ("dd.MM.yy", "01.01.70", "0"), ("dd.MM.yy", "01.01.68", "35794"),
    ("dd.MM.yy", "01.01.69", "-365"), ("dd/MM/yyyy HH:mm", "02/01/1970 23:59", "1"),
    ("dd/MM/yyyy", " 02/01/1970 ", "1"), ("dd/MM/yyyy", "02/01/19700", "not_a_date"),
    ("dd/MM/yyyy", "31/12/9999", "2932896"),
  ])
  func dates(format: String, cell: String, value: String) throws {
    #expect(try read(cell, .date(DateFormat(format))) == value)
  }

  @Test(arguments: [
    ("yyyy-MM-ddTHH:mm:ss.SSS", "1970-01-01T00:00:01.002", "1002000"),
    ("yyyyMMddHHmmss", "19691231235959", "-1000000"), ("yyyyMMdd", "19700102", "86400000000"),
    ("yyyyMMddHHmm", "197001012400", "not_a_timestamp"),
    ("yyyyMMddHHmm", "197001010060", "not_a_timestamp"),
    ("yyyyMMddHHmmss", "19700101000060", "not_a_timestamp"),
    ("yyyyMMddHHmm", "197002300000", "not_a_timestamp"),
  ])
  func timestamps(format: String, cell: String, value: String) throws {
    #expect(try read(cell, .timestamp(DateFormat(format))) == value)
  }

  @Test(arguments: [
    ("dd/MM/yyyy", "15/05/2020", "20200515"), ("dd/MM/yyyy", "00/05/2020", "20200500"),
    ("dd/MM/yyyy", "05/2020", "20200500"), ("dd/MM/yyyy", "00/00/2020", "20200000"),
    ("dd/MM/yyyy", "2020", "20200000"), ("dd/MM/yyyy", "15/00/2020", "not_a_date"),
    ("dd/MM/yyyy", "00/13/2020", "not_a_date"), ("dd/MM/yyyy", "30/02/2020", "not_a_date"),
    ("dd/MM/yyyy", "00/00/0000", "not_a_date"), ("dd/MM/yyyy", "13/2020", "not_a_date"),
    ("yyyy-MM-dd", "2020-05", "20200500"), ("yyyy-MM-dd", "2020", "20200000"),
    ("yyyyMMdd", "202005", "20200500"), ("yyyyMMdd", "2020", "20200000"),
    ("MM/yyyy", "05/2020", "20200500"), ("MM/yyyy", "2020", "20200000"),
    ("yyyy", "2020", "20200000"), ("yyyy", "20", "not_a_date"), ("dd/MM/yyyy", "", "NULL"),
  ])
  func `partial dates keep their precision`(format: String, cell: String, value: String) throws {
    #expect(try read(cell, .partialDate(DateFormat(format))) == value)
  }

  @Test(arguments: [
    "DD/MM/YYYY", "dd/MM", "dd/MM/yyyyy", "d/M/yyyy", "yyyy-MM-dd hh:mm", "dd/dd/yyyy",
    "yyyy-mm-dd", "yyyy-dd", "yyyyyy", "yy yyyy MM dd", "yyyy-MM-dd HH:ss", "", "yyyy-MM-dd SSS",
  ])
  func `a format that says nothing exact is refused`(format: String) {
    #expect(throws: DateFormatError.self) { _ = try DateFormat(format) }
  }

  @Test func `booleans are the words declared and no others`() throws {
    let type = SourceColumnType.boolean(true: ["O", "OUI"], false: ["N", "0"])
    for (cell, value) in [
      ("O", "1"), (" OUI ", "1"), ("N", "0"), ("0", "0"), ("o", "not_a_boolean"),
      ("OU", "not_a_boolean"), ("1", "not_a_boolean"), ("", "NULL"),
    ] {
      #expect(try read(cell, type) == value)
    }
  }
}

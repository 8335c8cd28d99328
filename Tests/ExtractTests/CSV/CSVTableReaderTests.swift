import Columnar
import Delimited
import Extract
import Testing

@Suite struct CSVTableReaderTests {
  private let semicolon = DelimitedFormat(delimiter: UInt8(ascii: ";"))

  @Test func `a leading zero makes another key`() throws {
    let reading = try readTable(
      "IPP\n0123\n123\n0123\n", [SourceColumn("IPP", .identifier(namespace: "ipp"))],
      raw: ["IPP"])
    #expect(reading.rows.map { $0[1] } == ["0123", "123", "0123"])
    #expect(reading.rows[0] == reading.rows[2])
    #expect(reading.rows[0][0] != reading.rows[1][0])
  }

  @Test func `the raw text of a key is a column of its own, and only when asked for`() throws {
    let columns = [
      SourceColumn("IPP", .identifier(namespace: "ipp")), SourceColumn("B", .text),
    ]
    let format = DelimitedFormat()
    let reader = CSVTableReader(
      format: format, header: ["IPP", "B"], columns: columns, wanted: ["B", "IPP"],
      raw: ["IPP"], digests: ["IPP": testDigest])
    #expect(
      reader.schema
        == Schema([Field("B", .text), Field("IPP", .digest), Field("IPP#raw", .text)]))
    let bare = CSVTableReader(
      format: format, header: ["IPP", "B"], columns: columns, wanted: ["IPP"],
      digests: ["IPP": testDigest])
    #expect(bare.schema == Schema([Field("IPP", .digest)]))
  }

  @Test func `every type of column is read`() throws {
    let columns = [
      SourceColumn("T", .text), SourceColumn("I", .integer),
      SourceColumn("D", .decimal(scale: 2, mark: UInt8(ascii: ","))),
      SourceColumn("J", .date(try DateFormat("dd/MM/yyyy"))),
      SourceColumn("H", .timestamp(try DateFormat("dd/MM/yyyy HH:mm"))),
      SourceColumn("P", .partialDate(try DateFormat("dd/MM/yyyy"))),
      SourceColumn("B", .boolean(true: ["O", "OUI"], false: ["N"])),
    ]
    let reading = try readTable(
      """
      T;I;D;J;H;P;B
       a ; -12 ;1,5;29/02/2024;01/01/1970 00:01;00/05/2020; OUI
      ;;;;;;
      x;1.0;1.5;29/02/2023;01/01/1970 24:00;31/04/2020;oui
      """, columns, format: semicolon)
    #expect(reading.rows[0] == [" a ", "-12", "150", "19782", "60000000", "20200500", "1"])
    #expect(reading.rows[1] == [nil, nil, nil, nil, nil, nil, nil])
    #expect(reading.rows[2] == ["x", nil, nil, nil, nil, nil, nil])
    #expect(
      reading.rejectedCells == [
        "2 I not_an_integer", "2 D not_a_decimal", "2 J not_a_date", "2 H not_a_timestamp",
        "2 P not_a_date", "2 B not_a_boolean",
      ])
  }

  @Test func `letters of windows-1252 come out as UTF-8, and its holes as bad encoding`() throws {
    let columns = [SourceColumn("A", .text), SourceColumn("B", .text)]
    var bytes = Array("A;B\n".utf8)
    bytes += [0xE9, 0x80, 0x9C, 59, 0x41, 10]  // é€œ;A
    bytes += [0x81, 59, 0x42, 10]
    bytes += [0x43, 59, 0xE9, 0x9D, 10]
    let format = DelimitedFormat(delimiter: 59, encoding: .windows1252)
    let reading = try readTable(bytes, columns, format: format)
    #expect(reading.rows == [["é€œ", "A"], [nil, "B"], ["C", nil]])
    #expect(reading.rejectedCells == ["1 A bad_encoding", "2 B bad_encoding"])
    #expect(reading.offsets == [4, 10, 14])
  }

  @Test func `bytes that are not UTF-8 are bad encoding in their cell alone`() throws {
    var bytes = Array("A,B\né,x\n".utf8)
    bytes += [0xE9, 44, 0x79, 10, 0x7A, 44, 0xC3, 10]
    let reading = try readTable(
      bytes, [SourceColumn("A", .identifier(namespace: "a")), SourceColumn("B", .text)],
      wanted: ["B"], raw: ["A"])
    #expect(reading.rows == [["x", "é"], ["y", nil], [nil, "z"]])
    #expect(reading.rejectedCells == ["1 A bad_encoding", "2 B bad_encoding"])
  }

  @Test func `quoted line ends, quotes and delimiters belong to the cell`() throws {
    let reading = try readTable(
      "\u{FEFF}A,B\r\n\"x\r\ny\",\"say \"\"hé\"\"\"\r\n\"\",\"a,b\"",
      [SourceColumn("A", .text, nulls: []), SourceColumn("B", .text)])
    #expect(reading.rows == [["x\r\ny", "say \"hé\""], ["", "a,b"]])
    #expect(reading.offsets == [8, 30])
  }

  @Test func `without a header columns stand as declared`() throws {
    let reading = try readTable(
      "1,a\n2,b\n3\n", [SourceColumn("N", .integer), SourceColumn("T", .text)],
      format: DelimitedFormat(hasHeader: false))
    #expect(reading.rows == [["1", "a"], ["2", "b"]])
    #expect(reading.rejectedRecords == ["8 ragged_record"])
    #expect(reading.records == 3)
  }

  @Test func `the order of columns, quoting and encoding change neither rows nor contents`() throws
  {
    let columns = [
      SourceColumn("A", .text), SourceColumn("B", .integer), SourceColumn("C", .text),
    ]
    let plain = try readTable("A,B,C\né,1,x\nb,2,\n", columns)
    let reordered = try readTable("C,X,A,B\nx,9,é,1\n,8,b,2\n", columns)
    let quoted = try readTable("A,B,C\n\"é\",\"1\",x\n\"b\",2,\"\"\n", columns)
    var latin = Array("A,B,C\n?,1,x\nb,2,\n".utf8)
    latin[6] = 0xE9
    let encoded = try readTable(
      latin, columns, format: DelimitedFormat(encoding: .windows1252))
    let irregular = try readTable("A,B,C,D\né,1,x,y\"\nb,2,,z\n", columns)
    for other in [reordered, quoted, encoded, irregular] {
      #expect(other.rows == plain.rows)
      #expect(other.contents == plain.contents)
    }
    #expect(irregular.strayQuotes == 1)
    #expect(plain.contents[0] != plain.contents[1])
  }

  @Test func `contents cover the columns that are not wanted`() throws {
    let columns = [SourceColumn("A", .text), SourceColumn("B", .text)]
    let first = try readTable("A,B\nx,1\n", columns, wanted: ["A"])
    let second = try readTable("A,B\nx,2\n", columns, wanted: ["A"])
    #expect(first.rows == second.rows)
    #expect(first.contents != second.contents)
  }

  @Test func `a cell that must be readable rejects its record, wanted or not`() throws {
    let columns = [
      SourceColumn("A", .integer), SourceColumn("B", .integer, rejectsRecord: true),
      SourceColumn("K", .localKey(namespace: "k")),
    ]
    let text = "A,B,K\n1,1,a\nx,2,b\n3,y,c\nz,w,d\nv,5,e\n6\n"
    let reading = try readTable(text, columns, raw: ["K"])
    #expect(reading.rows.map { $0[3] } == ["a", "b", "e"])
    #expect(reading.rejectedCells == ["1 A not_an_integer", "2 A not_an_integer"])
    #expect(
      reading.rejectedRecords == ["18 cell_rejected", "24 cell_rejected", "36 ragged_record"])
    #expect(reading.offsets == [6, 12, 30])
    #expect(reading.contents.count == 3)
    #expect(reading.records == 6)
    let bare = try readTable(text, columns, wanted: ["A"])
    #expect(bare.rows == [["1"], [nil], [nil]])
    #expect(bare.rejectedRecords == reading.rejectedRecords)
  }

  @Test func `nulls and sentinels have no value, and sentinels are counted`() throws {
    let columns = [
      SourceColumn(
        "D", .date(try DateFormat("dd/MM/yyyy")), nulls: ["", "NULL"], sentinels: ["01/01/1600"]),
      SourceColumn("T", .text, nulls: ["?"], sentinels: ["n/a"]),
    ]
    let reading = try readTable(
      "D,T\nNULL,?\n 01/01/1600 ,n/a\n,\n02/01/1970, ? \n null,x\n", columns)
    #expect(
      reading.rows == [[nil, nil], [nil, nil], [nil, ""], ["1", " ? "], [nil, "x"]])
    #expect(reading.sentinels == [1, 1])
    #expect(reading.rejectedCells == ["4 D not_a_date"])
  }

  @Test func `an optional column that a file lacks has no values`() throws {
    let columns = [
      SourceColumn("A", .text), SourceColumn("K", .localKey(namespace: "k"), isOptional: true),
      SourceColumn("N", .integer, isOptional: true),
    ]
    let reading = try readTable("A\nx\n", columns, raw: ["K"])
    #expect(reading.rows == [["x", nil, nil, nil]])
  }

  @Test func `a column is found under the name that its file gives it`() throws {
    let reading = try readTable(
      "CODE_POSTAL\n01000\n", [SourceColumn("CP", .text, header: "CODE_POSTAL")])
    #expect(reading.rows == [["01000"]])
  }

  @Test(arguments: [false, true])
  func `the block size changes nothing`(isIrregular: Bool) throws {
    var text = "A;K;N;D\n"
    for row in 0..<120 {
      let name = row % 7 == 0 ? "\"é\n\"\"\(row)\"\"\"" : "x\(row)"
      text += "\(name);\(row % 9);\(row % 11 == 0 ? "?" : String(row));\(row % 5),5\n"
      if row % 40 == 13 { text += "\nshort;row\n" }
      if isIrregular, row == 30 { text += "a\"b;1;2;3,0\n1;\"never closed;3\n" }
    }
    let columns = [
      SourceColumn("A", .text), SourceColumn("K", .localKey(namespace: "k")),
      SourceColumn("N", .integer),
      SourceColumn("D", .decimal(scale: 1, mark: UInt8(ascii: ","))),
    ]
    let whole = try readTable(text, columns, format: semicolon, raw: ["K"])
    #expect(whole.rows.count == (isIrregular ? 121 : 120))
    #expect(whole.blankLines == 3)
    #expect(whole.strayQuotes == (isIrregular ? 1 : 0))
    #expect(whole.rejectedRecords.count == (isIrregular ? 4 : 3))
    for blockSize in [1, 2, 7, 63, 64, 65, 127, 128, 500, 1000] {
      let other = try readTable(
        text, columns, format: semicolon, raw: ["K"], blockSize: blockSize)
      #expect(other == whole, "block size \(blockSize)")
    }
  }

  @Test func `an empty file gives nothing`() throws {
    let columns = [SourceColumn("A", .text)]
    #expect(try readTable("", columns).records == 0)
    #expect(try readTable("A\n", columns).records == 0)
    #expect(try readTable("A", columns).records == 0)
  }
}

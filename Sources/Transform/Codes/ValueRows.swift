internal import Columnar
internal import Vocabulary

/// The values of a batch that `map()` looks up in a file, with their concepts.
///
/// Values that the file has are numbered by their rows there, so that nothing but the look-up that
/// `map()` does anyway is done for them; only those that it has not are told apart by their texts.
struct ValueRows {
  let coded: CodedRows
  /// The concept of each row: 0 where the file has none, NULL where there is no value.
  let concepts: Column

  init(_ values: Column, _ file: ValueMapFile) {
    let texts = values.texts
    let entries = file.lookup(texts, validity: values.validity)
    let known = file.entries
    var others = KeyIndex()
    var rows: [Int32] = []
    var lanes: [Int64] = []
    rows.reserveCapacity(entries.count)
    lanes.reserveCapacity(entries.count)
    for (row, entry) in entries.enumerated() {
      if entry >= 0 {
        rows.append(entry + 1)
        lanes.append(known[Int(entry)].concept)
      } else {
        let number =
          values.isValid(row) ? known.count + others.insert(texts.span(row)) + 1 : 0
        rows.append(Int32(number))
        lanes.append(0)
      }
    }
    var areMapped = [false]
    areMapped.reserveCapacity(known.count + others.count + 1)
    for entry in known { areMapped.append(entry.concept != 0) }
    for _ in 0..<others.count { areMapped.append(false) }
    coded = CodedRows(codes: values, rows: rows, areMapped: areMapped)
    concepts = Column(.integer, .lanes(lanes), validity: values.validity)
  }
}

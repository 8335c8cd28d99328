internal import Columnar

/// The codes of a batch, as they were resolved.
struct CodedRows {
  /// The code of each row.
  let codes: Column
  /// Which of the batch's distinct codes each row has, from 1; 0 where it has none.
  let rows: [Int32]
  /// Whether each of the distinct codes has a standard concept.
  let areMapped: [Bool]

  /// The numbers under which the codes of some rows are counted.
  ///
  /// - Parameters:
  ///   - chosen: the rows.
  ///   - areCounted: whether each of them counts for its code; NULL stands where it does not.
  ///   - place: gives the numbers, once for each distinct code.
  /// - Returns: a column of numbers.
  func numbers(of chosen: [Int32], _ areCounted: [Bool], _ place: CodePlace) -> Column {
    let texts = codes.texts
    var known = [Int64](repeating: -1, count: areMapped.count)
    known[0] = Int64(place.none)
    var lanes: [Int64] = []
    lanes.reserveCapacity(chosen.count)
    for (position, row) in chosen.enumerated() {
      let code = Int(rows[Int(row)])
      if areCounted[position], known[code] < 0 {
        known[code] = Int64(place.number(of: Int(row), in: texts, isMapped: areMapped[code]))
      }
      lanes.append(max(0, known[code]))
    }
    return Column(
      .integer, .lanes(lanes), validity: areCounted.contains(false) ? areCounted : nil)
  }
}

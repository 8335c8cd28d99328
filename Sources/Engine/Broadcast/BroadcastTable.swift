package import Columnar

/// What a rule asks of a joined table: the table and the columns by which its rows are found.
package struct BroadcastRequest: Hashable, Sendable {
  package var table: String
  package var keys: [String]
  /// Whether the extract table declares exactly these columns as its unique key.
  package var isDeclaredKey: Bool
  /// The columns that are read from the rows found, the keys among them; `nil` for all.
  package var columns: Set<String>?

  package init(
    table: String, keys: [String], isDeclaredKey: Bool, columns: Set<String>? = nil
  ) {
    self.table = table
    self.keys = keys
    self.isDeclaredKey = isDeclaredKey
    self.columns = columns.map { $0.union(keys) }
  }
}

/// A joined table held in memory, whole or the part of it that some keys name, with an index over
/// the columns of its key.
///
/// Rows of equal keys are chained in the order of their contents. Under a declared unique key,
/// rows of equal content are one row, and rows of differing content are marked as in conflict.
/// A row with a NULL in its key is never found.
package final class BroadcastTable: Sendable {
  package let rows: Batch
  /// Where each row stands; of records that share a declared key, where the first of them stands.
  package let positions: [Int64]
  /// Rows whose key is declared unique and yet names several differing records.
  package let conflicting: [Bool]
  private let keyColumns: [Column]
  private let slots: [Int32]
  private let next: [Int32]
  private let mask: Int

  /// - Parameters:
  ///   - request: what is asked of the table.
  ///   - source: its rows with the columns asked for, and where they stand.
  package init(_ request: BroadcastRequest, _ source: SourceBatch) {
    let rows = source.batch
    self.rows = rows
    var positions = source.positions
    let content0 = source.content0
    let content1 = source.content1
    let keyColumns = request.keys.map { name -> Column in
      guard let column = rows[name] else { preconditionFailure("no column \(name)") }
      return column
    }
    self.keyColumns = keyColumns
    let hashes = BroadcastTable.hashes(keyColumns, count: rows.count)
    var size = 16
    while size < rows.count * 2 { size *= 2 }
    let mask = size - 1
    var slots = [Int32](repeating: -1, count: size)
    var next = [Int32](repeating: -1, count: rows.count)
    var conflicting = [Bool](repeating: false, count: rows.count)
    // Later rows are put in front of their chain, so the greatest content goes first. Equal
    // contents fall to the least position, which is the one that reports name.
    let order = (0..<rows.count).sorted { left, right in
      if content0[left] != content0[right] { return content0[left] > content0[right] }
      if content1[left] != content1[right] { return content1[left] > content1[right] }
      return positions[left] > positions[right]
    }
    for row in order where hashes[row] != nil {
      var slot = Int(truncatingIfNeeded: hashes[row] ?? 0) & mask
      while slots[slot] >= 0,
        !BroadcastTable.equal(keyColumns, Int(slots[slot]), keyColumns, row)
      { slot = (slot + 1) & mask }
      let head = slots[slot]
      if head >= 0, request.isDeclaredKey {
        let same =
          content0[Int(head)] == content0[row] && content1[Int(head)] == content1[row]
        conflicting[row] = !same || conflicting[Int(head)]
        positions[row] = min(positions[row], positions[Int(head)])
      } else {
        next[row] = head
      }
      slots[slot] = Int32(row)
    }
    self.positions = positions
    self.slots = slots
    self.next = next
    self.mask = mask
    self.conflicting = conflicting
  }

  /// About the bytes of a table, beside texts that are longer than usual.
  ///
  /// - Parameters:
  ///   - columns: the types of the columns that are held.
  ///   - rows: the number of rows.
  /// - Returns: the bytes.
  package static func bytes(_ columns: [ColumnType], rows: Int) -> Int {
    // Places, the index and its chains, and what marks conflicts.
    let header = 32
    return columns.reduce(header) { sum, type in
      switch type {
      case .digest: sum + 32
      case .text: sum + 24
      default: sum + 9
      }
    } * rows
  }

  /// A table in which nothing is found.
  package static let empty = BroadcastTable(
    BroadcastRequest(table: "", keys: [], isDeclaredKey: false),
    SourceBatch(batch: .empty(Schema([])), positions: [], content0: [], content1: []))

  /// The first row of each key, or −1; chains go on through `following`.
  ///
  /// - Parameters:
  ///   - keys: one column for each column of the request, of the same types.
  ///   - count: the number of rows of each.
  /// - Returns: the positions of the rows found, in the order of the rows asked for.
  package func find(_ keys: [Column], count: Int) -> [Int32] {
    let hashes = BroadcastTable.hashes(keys, count: count)
    var found = [Int32](repeating: -1, count: count)
    for row in 0..<count {
      guard let hash = hashes[row] else { continue }
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 {
        if BroadcastTable.equal(keyColumns, Int(slots[slot]), keys, row) {
          found[row] = slots[slot]
          break
        }
        slot = (slot + 1) & mask
      }
    }
    return found
  }

  /// The next row of the same key, or −1.
  package func following(_ row: Int32) -> Int32 { next[Int(row)] }

  /// A hash of each row's key, or `nil` where a part is NULL.
  package static func hashes(_ columns: [Column], count: Int) -> [UInt64?] {
    var hashes = [UInt64?](repeating: 0, count: count)
    func add(_ column: Column, _ word: (Int) -> UInt64) {
      for row in 0..<count {
        guard let before = hashes[row] else { continue }
        hashes[row] = column.isValid(row) ? KeyIndex.mix(before &* 31 ^ word(row)) : nil
      }
    }
    for column in columns {
      switch column.values {
      case .lanes(let lanes): add(column) { UInt64(bitPattern: lanes[$0]) }
      case .digests(let digests): add(column) { digests[$0].word3 }
      // Both zeros are one number.
      case .doubles(let doubles): add(column) { (doubles[$0] + 0).bitPattern }
      case .text(let texts): add(column) { KeyIndex.hash(texts.span($0)) }
      }
    }
    return hashes
  }

  private static func equal(
    _ left: [Column], _ leftRow: Int, _ right: [Column], _ rightRow: Int
  ) -> Bool {
    for index in left.indices where left[index].order(leftRow, right[index], rightRow) != 0 {
      return false
    }
    return true
  }
}

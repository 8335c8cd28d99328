/// What one block of a vocabulary file gave.
struct BlockResult<Sink: AthenaSink>: Sendable {
  /// What was empty before the block.
  var sink: Sink
  var lineCount = 0
  /// The bytes after the last whole record.
  var unread: [UInt8] = []
  var fault: AthenaFault?

  init(
    _ empty: Sink, _ block: [UInt8], _ dialect: AthenaRows.Dialect, _ width: Int, _ places: [Int],
    _ isLast: Bool
  ) {
    sink = empty
    var rows = AthenaRows(width: width)
    do throws(AthenaFault) {
      switch dialect {
      case .tabs: try rows.readTabs(block.span, isLast: isLast)
      case .commas: try rows.readCommas(block.span, isLast: isLast)
      }
    } catch {
      fault = error
    }
    // A row before the one that cannot be cut may be wrong too, and then it is the first.
    do throws(AthenaFault) {
      switch dialect {
      case .tabs: try sink.take(rows, block.span, places)
      case .commas: try sink.take(rows, rows.unquoted.span, places)
      }
    } catch {
      fault = error
    }
    if dialect == .commas { unread = Array(block[rows.consumed...]) }
    lineCount = rows.lineCount
  }
}

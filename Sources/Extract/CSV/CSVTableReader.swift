package import Columnar
package import Delimited

/// Parses the chunks of one file into typed batches.
///
/// A reader is a value without state: any number of threads may parse chunks with it at once. Files
/// of one table that have different headers each need a reader of their own; their batches have
/// the same schema.
package struct CSVTableReader: Sendable {
  package let report: HeaderReport
  private let tokeniser: Tokeniser
  private let table: TableReader
  private let pool = TokenBufferPool()

  /// The schema of every batch.
  package var schema: Schema { table.schema }

  /// - Parameters:
  ///   - format: how the file is written.
  ///   - header: the names in the file (`RecordSplitter.header`); `nil` without a header.
  ///   - columns: the declared columns, with distinct names.
  ///   - wanted: the names of the columns of the batch, in their order.
  ///   - raw: the names of keys and identifiers whose text is wanted too.
  ///   - digests: for each key or identifier wanted, how it is digested; one that is missing, like
  ///     a name that is not declared, is a programmer error.
  package init(
    format: DelimitedFormat, header: [String]?, columns: [SourceColumn], wanted: [String],
    raw: [String] = [], digests: [String: DigestFunction] = [:]
  ) {
    report = HeaderReport(header: header, columns: columns)
    tokeniser = Tokeniser(format)
    table = TableReader(
      columns: columns, fields: report.fields, wanted: wanted, raw: raw, digests: digests)
  }

  /// Parses a chunk; a pure function, for any thread.
  package func parse(_ chunk: Chunk) -> ParsedChunk {
    var buffers = pool.take()
    let tokens = tokeniser.tokenise(chunk, reusing: &buffers)
    let result = table.parse(tokens)
    buffers.reclaim(tokens)
    pool.giveBack(buffers)
    return result
  }
}

internal import Columnar

/// Hands the chunks of a table's parts to any number of workers, each once, numbered in the order
/// of a sequential reading.
///
/// Cutting happens under the lock: it is sequential by nature and cheap beside parsing. A worker
/// holds one chunk at a time, so that a slow stage slows the reading.
final class ChunkFeed: Sendable {
  private struct State {
    var part = 0
    var reader: (any PartReader)?
    var ticket = 0
    var ended = false
  }

  private let extractor: any Extractor
  private let firstFile: Int
  private let state: Guarded<State>

  /// - Parameters:
  ///   - extractor: the stage that opens the parts.
  ///   - firstFile: the number of the table's first part in the run's list of files.
  init(_ extractor: any Extractor, firstFile: Int) {
    self.extractor = extractor
    self.firstFile = firstFile
    state = Guarded(State())
  }

  func next() throws -> (ticket: Int, chunk: any SourceChunk)? {
    try state.withLock { state in
      while !state.ended {
        if state.reader == nil {
          guard state.part < extractor.parts.count else {
            state.ended = true
            return nil
          }
          state.reader = try extractor.open(
            extractor.parts[state.part], file: firstFile + state.part)
        }
        if let chunk = try state.reader?.next() {
          state.ticket += 1
          return (state.ticket - 1, chunk)
        }
        state.reader = nil
        state.part += 1
      }
      return nil
    }
  }
}

internal import Columnar

/// What codes mean, once looked up: a run has many batches and few codes.
final class MeaningMemory: Sendable {
  private struct State {
    var codes = KeyIndex()
    /// By the number of the code; `nil` for one that nothing resolves.
    var meanings: [ResolvedCode?] = []
  }

  /// The most codes that are kept; others are looked up in every batch.
  private static let limit = 1 << 16

  private let state = Guarded(State())

  /// The meaning of the code of a row.
  func meaning(
    of row: Int, in texts: TextArray, _ lookUp: (String) -> ResolvedCode?
  ) -> ResolvedCode? {
    let known = state.withLock { state -> ResolvedCode?? in
      state.codes.find(texts.span(row)).map { state.meanings[$0] }
    }
    if let known { return known }
    let meaning = lookUp(texts[row])
    state.withLock { state in
      guard state.meanings.count < MeaningMemory.limit else { return }
      // Another thread may have been faster.
      if state.codes.insert(texts.span(row)) == state.meanings.count {
        state.meanings.append(meaning)
      }
    }
    return meaning
  }
}

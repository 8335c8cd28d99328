internal import Columnar
internal import CommonDataModel
internal import Synchronization

/// What a run came to.
package struct RunResult: Sendable {
  package var books: Books
  /// The bytes of rows that went through a scratch file.
  package var spilled: Int
  package var partitions: Int
  package var phases: RunPhases
}

/// How long the phases of a run took.
package struct RunPhases: Codable, Sendable {
  package struct Phase: Codable, Sendable {
    package var seconds: Double = 0
  }

  /// Sources were read and mapped to blocks.
  package var map = Phase()
  /// Persons were finished and their rows loaded.
  package var finish = Phase()
  /// Indexes were made and rows counted.
  package var close = Phase()
}

/// The books of a run do not balance: the run fails and nothing is published.
package struct BooksDoNotBalance: Error, CustomStringConvertible, Sendable {
  package let imbalances: [String]

  package var description: String {
    "the books do not balance; nothing was published\n  "
      + imbalances.joined(separator: "\n  ")
  }
}

/// A plan has more files than positions can name.
package struct TooManyFiles: Error, CustomStringConvertible, Sendable {
  package let count: Int

  package var description: String {
    "\(count) files in one run; a position can name \(SourcePosition.fileLimit)"
  }
}

/// Runs a plan on this machine: map, shuffle, finish, load, balance, publish.
///
/// The heart of Écluse. A failure or a request to stop at any moment before the last step leaves
/// the published data as they were.
package struct Run: Sendable {
  package let plan: RunPlan
  package let options: RunOptions
  package let ledger: Ledger
  package let quarantine: any QuarantineSink
  package let progress: Progress

  package init(
    plan: RunPlan, options: RunOptions, ledger: Ledger, quarantine: any QuarantineSink,
    progress: Progress
  ) {
    self.plan = plan
    self.options = options
    self.ledger = ledger
    self.quarantine = quarantine
    self.progress = progress
  }

  /// Runs the plan into a loader.
  ///
  /// - Parameters:
  ///   - loader: where the rows go; it is abandoned when the run fails.
  ///   - beforePublishing: called with the balanced books when all is loaded and nothing is
  ///     published yet; a throw stops the run there.
  /// - Returns: the books and the figures of the run.
  /// - Throws: `RunCancelled`, `BooksDoNotBalance`, or what a stage threw.
  package func callAsFunction(
    into loader: sending any Loader,
    beforePublishing: (Books) throws -> Void = { _ in }
  ) throws -> RunResult {
    let files = plan.tables.reduce(0) { $0 + $1.extractor.parts.count }
    guard files <= SourcePosition.fileLimit else {
      loader.abandon()
      throw TooManyFiles(count: files)
    }
    let session = LoadSession(
      loader, gathersConcepts: plan.vocabulary?.isUsedOnly ?? false)
    var phases = RunPhases()
    var last = ContinuousClock.now
    func end(_ phase: WritableKeyPath<RunPhases, RunPhases.Phase>) {
      let now = ContinuousClock.now
      phases[keyPath: phase].seconds = (now - last) / .seconds(1)
      last = now
    }
    do {
      try ledger.begin()
      try session.create(CommonDataModel.tables)
      var (store, books) = try plan.map(
        options: options, quarantine: quarantine, progress: progress)
      end(\.map)
      let finishing = FinishPhase(
        plan: plan, options: options, store: store, ledger: ledger, quarantine: quarantine,
        progress: progress, load: session)
      let partitions = try finishing.run(into: &books)
      end(\.finish)
      progress.begin(.publishing, total: 1)
      for rows in plan.closing(books) {
        books.targets[rows.table.name, default: TargetAccount()].derived += rows.batch.count
        try session.append([rows])
      }
      try plan.vocabulary?.rows(session.usedConcepts) { rows in
        if progress.isCancelled { throw RunCancelled() }
        books.targets[rows.table.name, default: TargetAccount()].derived += rows.batch.count
        try session.append(vocabulary: rows)
      }
      for (table, count) in try session.finish() {
        books.targets[table, default: TargetAccount()].loaded = count
      }
      end(\.close)
      guard books.imbalances.isEmpty else { throw BooksDoNotBalance(imbalances: books.imbalances) }
      try beforePublishing(books)
      if progress.isCancelled { throw RunCancelled() }
      // The ledger goes first: ids that no row carries yet are harmless, rows whose ids the ledger
      // does not know would be lost.
      try ledger.commit()
      try session.publish()
      return RunResult(
        books: books, spilled: store.usage.spilled, partitions: partitions, phases: phases)
    } catch {
      session.abandon()
      ledger.rollBack()
      throw error
    }
  }
}

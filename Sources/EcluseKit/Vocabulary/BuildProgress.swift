import Columnar
import Foundation
import Vocabulary

/// Shows on a terminal how far the building of an index is, and how long it still takes.
final class BuildProgress: Sendable {
  private let started = Date()
  private let shown = Guarded((time: Date.distantPast, step: ""))

  /// Tells how far it is, some times a second.
  func show(_ progress: VocabularyIndex.Progress) {
    guard Terminal.isInteractive else { return }
    let now = Date()
    let isDue = shown.withLock { last in
      let isDue = now.timeIntervalSince(last.time) > 0.2 || last.step != progress.step
      if isDue { last = (now, progress.step) }
      return isDue
    }
    guard isDue else { return }
    let share = Double(progress.done) / Double(max(1, progress.total))
    let spent = now.timeIntervalSince(started)
    let left = share > 0.02 ? ", \(Terminal.duration(spent / share - spent)) left" : ""
    let step =
      progress.step.hasSuffix(".csv")
      ? "reading \(URL(fileURLWithPath: progress.step).lastPathComponent)" : progress.step
    Terminal.status("\(step) \(Int(share * 100)) %\(left)")
  }

  /// Takes the line away.
  func end() {
    if Terminal.isInteractive { Terminal.status("") }
  }

  /// The time since the beginning, in seconds.
  var seconds: Double { Date().timeIntervalSince(started) }
}

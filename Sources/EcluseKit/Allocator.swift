import CMalloc

/// Settings of the memory allocator of the C library.
enum Allocator {
  /// Budgets below this many bytes are so small that what the allocator keeps for itself counts.
  private static let small = 256 << 20

  /// Makes the allocator give back what is freed, where little memory is allowed.
  ///
  /// By default each thread has an arena of its own, and blocks as large as any that was freed
  /// before come from arenas, which shrink at their end only: tens of mebibytes for a run (mallopt(3)).
  /// Has to be called before other threads begin.
  ///
  /// - Parameter budget: the bytes that rows on their way may occupy.
  static func suit(_ budget: Int) {
    guard budget < small else { return }
    _ = mallopt(M_ARENA_MAX, 1)
    _ = mallopt(M_MMAP_THRESHOLD, 128 << 10)
    _ = mallopt(M_TRIM_THRESHOLD, 128 << 10)
  }
}

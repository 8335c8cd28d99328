// swift-tools-version: 6.3
import PackageDescription

// The fuzzers of Tests/Fuzz, which need every module instrumented, are there for `make fuzz` only.
let isFuzzing = Context.environment["ECLUSE_FUZZ"] == "1"

// The test targets to build, as a sanitizer can tell something about some only; all when unset.
let chosenTests = Context.environment["ECLUSE_TESTS"]?.split(separator: " ").map { "\($0)Tests" }

// Every module is compiled the same way: Swift 6, no warning left, unsafe code marked.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]
let settings = strict + (isFuzzing ? [.unsafeFlags(["-O", "-sanitize=fuzzer"])] : [])

/// A module of our own; it sees only the modules named, all of which stand above it in the list.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + dependencies, swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let subprocess: [Target.Dependency] = [
  .product(name: "Subprocess", package: "swift-subprocess"),
  .product(name: "SystemPackage", package: "swift-system"),
]
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "ecluse",
  products: [
    .executable(name: "ecluse", targets: ["ecluse"]),
    // For packages that add stages: see docs/guide-plugins.md.
    .library(name: "EcluseKit", targets: ["EcluseKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // libcsv has no pkg-config file on Debian; its module map names the library.
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    module("Columnar"),
    module("Diagnostics"),
    module("Gzip", ["CZlib", "Columnar"]),
    module("Delimited", ["CLibCSV", "Columnar", "Gzip"]),
    module("SQLite", ["CSQLite"]),
    module("CommonDataModel", ["Columnar"]),
    module("Vocabulary", ["Columnar", "Diagnostics", "Gzip"]),
    module("Expressions", ["Columnar", "Diagnostics"]),
    module("Privacy", ["Columnar", crypto]),
    module("Engine", ["Columnar", "Diagnostics", "CommonDataModel", "Privacy", "SQLite"]),
    module(
      "Extract", ["Columnar", "Diagnostics", "Delimited", "Privacy", "Engine"] + subprocess),
    module(
      "Transform",
      ["Columnar", "CommonDataModel", "Vocabulary", "Expressions", "Privacy", "Engine"]),
    module(
      "Load", ["Columnar", "Gzip", "Delimited", "SQLite", "CommonDataModel", "Engine"]),
    module(
      "Pipelines",
      [
        "Columnar", "Diagnostics", "CommonDataModel", "Vocabulary", "Expressions", "Privacy",
        "Engine", "Extract", "Transform", "Load", yams,
      ]),
    module("SampleData"),
    module(
      "EcluseKit",
      [
        "Columnar", "Diagnostics", "CommonDataModel", "Vocabulary", "Expressions", "Privacy",
        "Engine", "Extract", "Transform", "Load", "Pipelines", "SampleData", "SQLite", "CMalloc",
        arguments,
      ]),
    .executableTarget(name: "ecluse", dependencies: ["EcluseKit"], swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "EngineTestSupport", dependencies: ["Columnar", "CommonDataModel", "Engine"],
      path: "Tests/EngineTestSupport", swiftSettings: settings),
    tests("Columnar", []),
    tests("Diagnostics", []),
    tests("Gzip", ["Columnar"]),
    tests("Delimited", ["CLibCSV", "Columnar", "Gzip"]),
    tests("SQLite", []),
    tests("CommonDataModel", ["Columnar"]),
    tests("Vocabulary", ["Columnar", "Diagnostics", "Gzip", "SQLite"]),
    tests("Expressions", ["Columnar", "Diagnostics"]),
    tests("Privacy", ["Columnar", crypto]),
    tests(
      "Engine", ["Columnar", "CommonDataModel", "Privacy", "SQLite", "EngineTestSupport"]),
    tests("Extract", ["Columnar", "Delimited", "Privacy", "Engine"]),
    tests(
      "Transform",
      [
        "Columnar", "Diagnostics", "CommonDataModel", "Vocabulary", "Expressions", "Privacy",
        "Engine", "EngineTestSupport",
      ]),
    tests("Load", ["Columnar", "Gzip", "SQLite", "CommonDataModel", "Engine"]),
    tests(
      "Pipelines",
      [
        "Columnar", "Diagnostics", "CommonDataModel", "Vocabulary", "Expressions", "Engine",
        "Extract",
      ]),
    tests("SampleData", []),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "Columnar", "Diagnostics", "SQLite", "CommonDataModel", "Vocabulary", "Privacy", "Engine",
        "Extract", "Load", "Pipelines", "SampleData", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

if let chosenTests {
  package.targets.removeAll { $0.type == .test && !chosenTests.contains($0.name) }
}

if isFuzzing {
  package.targets += [
    .target(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CFuzzer", "CLibCSV", "Columnar", "Diagnostics", "Delimited", "Expressions", "Gzip",
        "Vocabulary", "Pipelines",
      ],
      path: "Tests/Fuzz", exclude: ["Corpus", "Dictionaries"], swiftSettings: settings,
      // gold, the linker by default, ends with an internal error here.
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
  ]
}

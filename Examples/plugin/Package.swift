// swift-tools-version: 6.3
import PackageDescription

// Stages of a laboratory, and a program that has them besides those of Écluse.
let package = Package(
  name: "lab-stages",
  products: [.executable(name: "lab-ecluse", targets: ["lab-ecluse"])],
  dependencies: [.package(name: "ecluse", path: "../..")],
  targets: [
    .target(
      name: "LabStages", dependencies: [.product(name: "EcluseKit", package: "ecluse")]),
    .executableTarget(name: "lab-ecluse", dependencies: ["LabStages"]),
    .testTarget(name: "LabStagesTests", dependencies: ["LabStages"]),
  ],
  swiftLanguageModes: [.v6]
)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Goldens: results of TFLM's reference kernels and greedy planner for a model (JSON files beside
// the reference models).

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "support/shared_files.h"

namespace support {

struct GoldenCase {
    std::filesystem::path model;
    nlohmann::json golden;
    std::string name() const { return model.stem().string(); }
};

inline nlohmann::json readJson(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return nlohmann::json::parse(stream);
}

/// Models of <shared>/<sub>models that have a golden in <shared>/<sub>goldens; sub is "" or
/// "conformance/".
inline std::vector<GoldenCase> goldenCases(const std::string& sub) {
    std::vector<GoldenCase> cases;
    const auto dir = *sharedDir() / sub;
    for (const auto& file : filesOf(dir / "goldens", ".json")) {
        const auto model = dir / "models" / (file.stem().string() + ".tflite");
        if (std::filesystem::exists(model)) cases.push_back({model, readJson(file)});
    }
    return cases;
}

}  // namespace support

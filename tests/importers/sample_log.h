// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small logs in tests/importers/samples, one or more of each format, written for the tests.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "importers/read_log.h"
#include "support/shared_files.h"

namespace importers {

inline std::filesystem::path samplePath(const std::string& name) {
    return std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/importers/samples" / name;
}

/// All sessions of a log; a failed expectation and none where it cannot be read.
inline Imported readOrFail(const std::filesystem::path& path, const ImportOptions& options = {}) {
    auto imported = readLog(path, options);
    EXPECT_TRUE(imported) << imported.error().message();
    return imported ? std::move(*imported) : Imported{};
}

/// The one session of a log.
inline types::Session readSession(const std::filesystem::path& path,
                                  const ImportOptions& options = {}) {
    Imported imported = readOrFail(path, options);
    EXPECT_EQ(imported.sessions.size(), 1u) << path;
    return imported.sessions.empty() ? types::Session{} : std::move(imported.sessions.front());
}

inline types::Session readSample(const std::string& name, const ImportOptions& options = {}) {
    return readSession(samplePath(name), options);
}

inline std::string textOfSample(const std::string& name) {
    std::ifstream stream(samplePath(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The one session of a log in memory.
inline types::Session readText(const std::string& text, const ImportOptions& options = {}) {
    auto imported = readLogBytes("test", text, options);
    EXPECT_TRUE(imported) << imported.error().message();
    return imported ? std::move(imported->sessions.front()) : types::Session{};
}

/// The measurement of that key and quantity; an empty one, and a failed expectation, if absent.
inline types::Measurement find(const types::Session& session, const std::string& key,
                               types::Quantity quantity) {
    for (const auto& measurement : session.measurements)
        if (measurement.key == key && measurement.quantity == quantity) return measurement;
    ADD_FAILURE() << "no " << types::unitOf(quantity) << " of " << key;
    return {};
}

inline std::vector<double> samplesOf(const types::Session& session, const std::string& key,
                                     types::Quantity quantity) {
    return find(session, key, quantity).samples;
}

inline bool hasWarning(const types::Session& session, const std::string& part) {
    return std::any_of(
        session.warnings.begin(), session.warnings.end(),
        [&](const std::string& sentence) { return sentence.find(part) != std::string::npos; });
}

}  // namespace importers

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Common steps of dataset readers: collect samples, report or skip bad ones, and refuse datasets
// that no model can use.

#include "data/dataset.h"

namespace data {

/// More classes than any model distinguishes; a larger label is an error.
inline constexpr int32_t kMaxClasses = 100'000;

/// Above this, names and shapes alone would fill the memory.
inline constexpr size_t kMaxSamples = 4'000'000;

/// A dataset is kept in memory; more than this is refused: 20,000 images of 256x256 in colour are
/// 3.7 GiB.
inline constexpr size_t kMaxDatasetBytes = size_t{4} << 30;

class SampleGathering {
public:
    explicit SampleGathering(const ReadOptions& options, size_t mostBytes = kMaxDatasetBytes)
        : m_options(options), m_mostBytes(mostBytes) {}

    /// Adds the samples of one file or row. Returns their Error, or, where bad samples are skipped,
    /// keeps only its message; more than kMaxSamples or kMaxDatasetBytes is always an Error.
    types::Result<void> add(types::Result<std::vector<Sample>> samples);

    /// Returns the dataset; an Error where it is empty. Labels must lie in [0, classes).
    types::Result<Dataset> finish(const std::filesystem::path& path, int32_t classes) &&;

private:
    void noteEmptyClasses();

    ReadOptions m_options;
    Dataset m_dataset;
    size_t m_mostBytes, m_bytes = 0;
};

/// Returns all bytes of a file of at most 64 MiB.
types::Result<types::Bytes> readWhole(const std::filesystem::path& file);

/// "a,b,c" -> a, b, c; drops a carriage return at the end.
std::vector<std::string> splitRow(const std::string& line);

}  // namespace data

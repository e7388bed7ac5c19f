// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What readers of a dataset do alike: collect samples, name or skip the bad ones, and refuse what
// can serve no one.

#include "data/dataset.h"

namespace data {

/// More classes than any model tells apart: a label from there on was something else.
inline constexpr int32_t kMaxClasses = 100'000;

/// Many more would fill the memory with their names and shapes alone.
inline constexpr size_t kMaxSamples = 4'000'000;

class SampleGathering {
public:
    explicit SampleGathering(const ReadOptions& options) : m_options(options) {}

    /// Takes the samples of one file or row; where they are an error and bad ones are skipped, only
    /// its message. The error otherwise, or where there are more than kMaxSamples.
    types::Result<void> add(types::Result<std::vector<Sample>> samples);

    /// The dataset; an error where nothing is left. Labels must lie in [0, classes).
    types::Result<Dataset> finish(const std::filesystem::path& path, int32_t classes) &&;

private:
    void noteEmptyClasses();

    ReadOptions m_options;
    Dataset m_dataset;
};

/// All bytes of a file of at most 64 MiB.
types::Result<types::Bytes> readWhole(const std::filesystem::path& file);

/// "a,b,c" -> a, b, c; a carriage return at the end is dropped.
std::vector<std::string> splitRow(const std::string& line);

}  // namespace data

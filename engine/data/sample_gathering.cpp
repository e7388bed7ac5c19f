// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample_gathering.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace data {

using namespace types;

namespace {

constexpr uintmax_t kMaxSampleBytes = uintmax_t{64} << 20;
constexpr size_t kMaxWarningText = 80;

void swapRedAndBlue(Sample& sample) {
    if (sample.content != Content::Pixels || sample.shape[2] != 3) return;
    const auto view = sample.bytes.view();
    std::vector<uint8_t> pixels(view.begin(), view.end());
    for (size_t i = 0; i + 2 < pixels.size(); i += 3)
        std::swap(pixels[i], pixels[i + 2]);
    sample.bytes = Bytes(std::move(pixels));
}

}  // namespace

Result<void> SampleGathering::add(Result<std::vector<Sample>> samples) {
    if (!samples) {
        if (!m_options.skipBad) return tl::unexpected(samples.error());
        m_dataset.warnings.push_back("left out: " + samples.error().message());
        return {};
    }
    if (m_dataset.samples.size() + samples->size() > kMaxSamples)
        return fail("the dataset has more than " + std::to_string(kMaxSamples) + " samples",
                    samples->front().name, "take a part of it");
    for (Sample& sample : *samples) {
        sample.scaling = m_options.scaling;
        if (m_options.blueFirst) swapRedAndBlue(sample);
        m_bytes += sample.bytes.size();
        if (m_bytes > m_mostBytes)
            return fail("the samples take more than " + std::to_string(m_mostBytes >> 20) +
                            " MiB of memory",
                        sample.name, "reduce them to the size of the model's input, or give fewer");
        m_dataset.groups = std::max(m_dataset.groups, sample.group + 1);
        m_dataset.samples.push_back(std::move(sample));
    }
    return {};
}

Result<Dataset> SampleGathering::finish(const std::filesystem::path& path, int32_t classes) && {
    if (m_dataset.samples.empty()) {
        const auto bad = m_dataset.warnings.size();
        const std::string left = bad ? "; " + std::to_string(bad) + " bad ones were left out" : "";
        return fail("the dataset has no samples" + left, path.string(),
                    bad ? m_dataset.warnings.front() : "add samples");
    }
    m_dataset.classes = classes;
    noteEmptyClasses();
    return std::move(m_dataset);
}

void SampleGathering::noteEmptyClasses() {
    std::vector<bool> seen(static_cast<size_t>(m_dataset.classes), false);
    for (const Sample& sample : m_dataset.samples)
        if (sample.label >= 0) seen[static_cast<size_t>(sample.label)] = true;
    std::string empty;
    for (size_t c = 0; c < seen.size() && empty.size() <= kMaxWarningText; ++c)
        if (!seen[c]) empty += (empty.empty() ? "" : ", ") + std::to_string(c);
    if (empty.size() > kMaxWarningText) empty = empty.substr(0, kMaxWarningText) + "...";
    if (!empty.empty())
        m_dataset.warnings.push_back("no samples of class " + empty + ": results do not cover it");
}

Result<Bytes> readWhole(const std::filesystem::path& file) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem || size > kMaxSampleBytes)
        return fail("sample cannot be read", file.string(),
                    problem ? problem.message() : "it has more than 64 MiB");
    std::ifstream stream(file, std::ios::binary);
    return Bytes({std::istreambuf_iterator<char>(stream), {}});
}

std::vector<std::string> splitRow(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream stream(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    for (std::string cell; std::getline(stream, cell, ',');)
        cells.push_back(cell);
    return cells;
}

}  // namespace data

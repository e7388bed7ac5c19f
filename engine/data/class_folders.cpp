// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/class_folders.h"

#include <algorithm>

#include "data/file_sample.h"
#include "data/sample_gathering.h"

namespace data::class_folders {
namespace {

using namespace types;
using Paths = std::vector<std::filesystem::path>;

/// Entries of a directory for which `wanted` is true, sorted by name; none where it is unreadable.
template <typename Wanted>
Paths sortedEntries(const std::filesystem::path& directory, Wanted wanted) {
    Paths paths;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry(directory, problem), end;
         !problem && entry != end; entry.increment(problem))
        if (wanted(*entry) && !entry->path().filename().string().starts_with('.'))
            paths.push_back(entry->path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

Paths samplesOf(const std::filesystem::path& directory) {
    return sortedEntries(directory, [](const std::filesystem::directory_entry& entry) {
        return isSampleFile(entry.path());
    });
}

Paths foldersOf(const std::filesystem::path& directory) {
    return sortedEntries(directory, [](const std::filesystem::directory_entry& entry) {
        std::error_code problem;
        return entry.is_directory(problem);
    });
}

Result<void> addSamples(SampleGathering& gathering, const Paths& files, int32_t label,
                        const std::string& prefix) {
    for (const auto& file : files) {
        auto sample = readFileSample(file, label);
        Result<std::vector<Sample>> samples;
        if (sample) {
            sample->name = prefix + sample->name;
            samples->push_back(std::move(*sample));
        } else {
            samples = tl::unexpected(sample.error());
        }
        if (auto added = gathering.add(std::move(samples)); !added) return added;
    }
    return {};
}

Result<Dataset> readUnlabelled(const std::filesystem::path& directory, const ReadOptions& options) {
    SampleGathering gathering(options);
    if (auto added = addSamples(gathering, samplesOf(directory), -1, ""); !added)
        return tl::unexpected(added.error());
    return std::move(gathering).finish(directory, 0);
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    if (!samplesOf(path).empty()) return true;
    const Paths folders = foldersOf(path);
    return std::any_of(folders.begin(), folders.end(),
                       [](const auto& folder) { return !samplesOf(folder).empty(); });
}

Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options) {
    if (!samplesOf(directory).empty()) return readUnlabelled(directory, options);
    SampleGathering gathering(options);
    std::vector<std::string> names;
    for (const auto& folder : foldersOf(directory)) {
        const Paths files = samplesOf(folder);
        if (files.empty())
            return fail("the class has no samples", folder.string(),
                        "add JPEG, PNG or WAV files, or remove the folder");
        names.push_back(folder.filename().string());
        const auto label = static_cast<int32_t>(names.size()) - 1;
        if (auto added = addSamples(gathering, files, label, names.back() + "/"); !added)
            return tl::unexpected(added.error());
    }
    auto dataset = std::move(gathering).finish(directory, static_cast<int32_t>(names.size()));
    if (dataset) {
        dataset->classNames = std::move(names);
        dataset->classesStated = true;
    }
    return dataset;
}

}  // namespace data::class_folders

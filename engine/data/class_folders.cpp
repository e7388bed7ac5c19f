// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/class_folders.h"

#include <algorithm>

#include "data/image_file.h"
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

Paths imagesOf(const std::filesystem::path& directory) {
    return sortedEntries(directory, [](const std::filesystem::directory_entry& entry) {
        return isImageFile(entry.path());
    });
}

Paths foldersOf(const std::filesystem::path& directory) {
    return sortedEntries(directory, [](const std::filesystem::directory_entry& entry) {
        std::error_code problem;
        return entry.is_directory(problem);
    });
}

Result<void> addImages(SampleGathering& gathering, const Paths& images, int32_t label,
                       const std::string& prefix) {
    for (const auto& file : images) {
        auto sample = readImageSample(file, label);
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
    if (auto added = addImages(gathering, imagesOf(directory), -1, ""); !added)
        return tl::unexpected(added.error());
    return std::move(gathering).finish(directory, 0);
}

}  // namespace

bool matches(const std::filesystem::path& path) {
    if (!imagesOf(path).empty()) return true;
    const Paths folders = foldersOf(path);
    return std::any_of(folders.begin(), folders.end(),
                       [](const auto& folder) { return !imagesOf(folder).empty(); });
}

Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options) {
    if (!imagesOf(directory).empty()) return readUnlabelled(directory, options);
    SampleGathering gathering(options);
    std::vector<std::string> names;
    for (const auto& folder : foldersOf(directory)) {
        const Paths images = imagesOf(folder);
        if (images.empty())
            return fail("the class has no images", folder.string(),
                        "add JPEG or PNG files, or remove the folder");
        names.push_back(folder.filename().string());
        const auto label = static_cast<int32_t>(names.size()) - 1;
        if (auto added = addImages(gathering, images, label, names.back() + "/"); !added)
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

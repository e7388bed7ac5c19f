// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/npz.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <tuple>

#include "bytes/write_file.h"

namespace data {
namespace {

using namespace types;

constexpr zip_uint64_t kMaxArrayBytes = zip_uint64_t{1} << 30;

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;

tl::unexpected<Error> badArchive(const std::filesystem::path& file, const std::string& why) {
    return fail("not a valid .npz archive (" + why + ")", file.string(),
                "save it with numpy.savez()");
}

Result<std::vector<uint8_t>> readEntry(zip_t* archive, zip_uint64_t index,
                                       const std::filesystem::path& file) {
    zip_stat_t entry;
    if (zip_stat_index(archive, index, 0, &entry) != 0 || !(entry.valid & ZIP_STAT_SIZE) ||
        entry.size > kMaxArrayBytes)
        return badArchive(file, "an array has more than 1 GiB");
    std::vector<uint8_t> bytes(entry.size);
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> open(zip_fopen_index(archive, index, 0),
                                                                 zip_fclose);
    if (!open ||
        zip_fread(open.get(), bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
        return badArchive(file, "an array cannot be unpacked");
    return bytes;
}

Result<void> addEntry(zip_t* archive, const std::string& name, std::vector<uint8_t>& bytes,
                      const std::filesystem::path& file) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const auto index = zip_file_add(archive, (name + ".npy").c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fail("cannot be packed", file.string(), zip_strerror(archive));
    }
    // A fixed date (1 January 1980), so that equal arrays give equal bytes.
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, 0x21, 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 9);
    return {};
}

}  // namespace

Result<std::vector<std::string>> namesInNpz(const std::filesystem::path& file) {
    constexpr zip_int64_t kMostNames = 10'000;
    constexpr std::string_view kEnding = ".npy";
    int problem = 0;
    const Archive archive(zip_open(file.c_str(), ZIP_RDONLY, &problem), zip_discard);
    if (!archive) return badArchive(file, "no zip file");
    std::vector<std::string> names;
    const zip_int64_t count = std::min(zip_get_num_entries(archive.get(), 0), kMostNames);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* entry = zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), 0);
        const std::string_view name = entry ? entry : "";
        if (name.ends_with(kEnding))
            names.emplace_back(name.substr(0, name.size() - kEnding.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::map<std::string, Array>> readNpz(const std::filesystem::path& file,
                                             const std::vector<std::string>& names) {
    int problem = 0;
    const Archive archive(zip_open(file.c_str(), ZIP_RDONLY, &problem), zip_discard);
    if (!archive) return badArchive(file, "no zip file");
    std::map<std::string, Array> arrays;
    for (const std::string& name : names) {
        const auto index = zip_name_locate(archive.get(), (name + ".npy").c_str(), 0);
        if (index < 0) continue;
        const auto bytes = readEntry(archive.get(), static_cast<zip_uint64_t>(index), file);
        if (!bytes) return tl::unexpected(bytes.error());
        auto array = parseNpy(*bytes, file.string() + " array " + name);
        if (!array) return tl::unexpected(array.error());
        arrays[name] = std::move(*array);
    }
    return arrays;
}

Result<void> writeNpz(const std::filesystem::path& file,
                      const std::map<std::string, Array>& arrays) {
    int problem = 0;
    std::unique_ptr<zip_t, void (*)(zip_t*)> archive(
        zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &problem), zip_discard);
    if (!archive) return fail("cannot be written", file.string(), "check the path");
    // libzip reads the buffers only when it closes the archive.
    std::vector<std::vector<uint8_t>> contents;
    contents.reserve(arrays.size());
    for (const auto& [name, array] : arrays) {
        contents.push_back(npyBytes(array.type, array.shape, array.bytes));
        if (auto added = addEntry(archive.get(), name, contents.back(), file); !added) return added;
    }
    if (zip_close(archive.get()) != 0)
        return fail("cannot be written", file.string(), zip_strerror(archive.get()));
    std::ignore = archive.release();  // zip_close() freed it
    return {};
}

}  // namespace data

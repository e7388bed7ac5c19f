// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/zip_file.h"

#include <zip.h>

#include <memory>

namespace evidence {
namespace {

using types::fail;
using types::Result;

constexpr zip_int64_t kMaxFiles = 64;
constexpr zip_uint64_t kMaxFileBytes = zip_uint64_t{512} << 20;
/// The first day that a zip archive can state, so that archives do not differ by their age.
constexpr uint16_t kDosTime = 0, kDosDate = 1 << 5 | 1;

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;

std::string textOf(int code) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

Result<void> addFile(zip_t* archive, const std::string& name, const std::string& content) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (source == nullptr) return fail(zip_strerror(archive), name);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fail(zip_strerror(archive), name);
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), kDosTime, kDosDate, 0);
    return {};
}

Result<std::string> readFile(zip_t* archive, zip_uint64_t index, const std::string& where) {
    zip_stat_t entry;
    if (zip_stat_index(archive, index, 0, &entry) != 0 || !(entry.valid & ZIP_STAT_SIZE) ||
        entry.size > kMaxFileBytes)
        return fail("archive has a file without a size, or of more than 512 MiB", where);
    std::string content(entry.size, '\0');
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> open(zip_fopen_index(archive, index, 0),
                                                                 zip_fclose);
    if (!open || zip_fread(open.get(), content.data(), content.size()) !=
                     static_cast<zip_int64_t>(content.size()))
        return fail("file in the archive is damaged", where, "copy the archive again");
    // The checksum is compared at the end of the file.
    char more;
    if (zip_fread(open.get(), &more, 1) != 0)
        return fail("file in the archive is damaged", where, "copy the archive again");
    return content;
}

}  // namespace

Result<void> writeZip(const std::filesystem::path& file, const ZipFiles& contents) {
    int code = 0;
    Archive archive(zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code), zip_discard);
    if (!archive) return fail("cannot be written (" + textOf(code) + ")", file.string());
    for (const auto& [name, content] : contents)
        if (auto added = addFile(archive.get(), name, content); !added) return added;
    if (zip_close(archive.get()) != 0)
        return fail(std::string("cannot be written (") + zip_strerror(archive.get()) + ")",
                    file.string(), "check the space left");
    archive.release();
    return {};
}

Result<ZipFiles> readZip(const std::filesystem::path& file) {
    int code = 0;
    const Archive archive(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code), zip_discard);
    if (!archive)
        return fail("is no sound zip archive (" + textOf(code) + ")", file.string(),
                    "give a package that 'evidence -o' wrote");
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > kMaxFiles) return fail("archive holds more than 64 files", file.string());
    ZipFiles contents;
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        const char* name = zip_get_name(archive.get(), index, 0);
        const std::string where = file.string() + (name ? std::string("/") + name : "");
        auto content = readFile(archive.get(), index, where);
        if (!content) return tl::unexpected(content.error());
        if (name != nullptr) contents[name] = std::move(*content);
    }
    return contents;
}

}  // namespace evidence

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files that the tests of datasets read.

#include <png.h>
#include <turbojpeg.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace written {

inline void text(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

/// 3 channels as RGB, 1 as grey.
inline void png(const std::filesystem::path& file, int height, int width, int channels,
                const std::vector<uint8_t>& pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.height = static_cast<png_uint_32>(height);
    image.width = static_cast<png_uint_32>(width);
    image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    png_image_write_to_file(&image, file.c_str(), 0, pixels.data(), 0, nullptr);
}

inline void jpeg(const std::filesystem::path& file, int height, int width,
                 const std::vector<uint8_t>& rgb) {
    tjhandle encoder = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    tjCompress2(encoder, rgb.data(), width, 0, height, TJPF_RGB, &bytes, &size, TJSAMP_444, 95,
                TJFLAG_ACCURATEDCT);
    text(file, std::string(reinterpret_cast<const char*>(bytes), size));
    tjFree(bytes);
    tjDestroy(encoder);
}

}  // namespace written

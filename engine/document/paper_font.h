// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fonts of a printed page: three of the standard fonts that every reader of PDF brings, so that
// none is embedded. They hold the characters of Windows-1252 (WinAnsiEncoding in PDF 32000-1, Annex
// D); others are written as the nearest of these, or as "?".
//
// Widths: Adobe's metrics of Helvetica and Helvetica-Bold, as in the AFM files of fonts-urw-base35;
// Courier has 600 for all. Unit of lengths: points.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace document {

enum class PaperFont : int8_t { Regular, Bold, Fixed };
constexpr std::array<const char*, 3> kPaperFonts = {"Helvetica", "Helvetica-Bold", "Courier"};

/// UTF-8 as Windows-1252.
std::string paperText(std::string_view utf8);

/// The text is Windows-1252, as in the functions below.
double textWidth(std::string_view text, PaperFont font, double size);

/// Lines that are at most `width` wide; a word that is wider is broken.
std::vector<std::string> wrapped(std::string_view text, PaperFont font, double size, double width);

}  // namespace document

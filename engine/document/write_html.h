// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Document as one HTML page: no script, no other file, plots as inline SVG. It follows the
// reader's light or dark, and prints on A4 in the colours of paper.

#include <string>
#include <string_view>

#include "document/document.h"

namespace document {

/// For element contents and quoted attributes.
std::string escaped(std::string_view text);

std::string htmlPage(const Document& document);

}  // namespace document

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Document as a PDF file on A4, for printing and filing. It holds no date, so that equal
// documents make equal files.

#include <string>

#include "document/document.h"

namespace document {

std::string pdfFile(const Document& document);

}  // namespace document

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes a Document to a file whose ending says the form.

#include <filesystem>

#include "document/document.h"
#include "types/result.h"

namespace document {

/// .html or .pdf; an Error for another ending. The file is whole or not there.
types::Result<void> saveDocument(const Document& document, const std::filesystem::path& path);

}  // namespace document

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Table on sheets: columns as wide as their contents where that fits, texts wrapped where it does
// not, the head repeated on each sheet.

#include "document/document.h"
#include "document/pdf_sheets.h"

namespace document {

void writeTable(Sheets& sheets, const Table& table);

}  // namespace document

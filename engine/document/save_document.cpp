// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/save_document.h"

#include "bytes/write_file.h"
#include "document/write_html.h"
#include "document/write_pdf.h"

namespace document {

types::Result<void> saveDocument(const Document& document, const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    if (ending != ".html" && ending != ".pdf")
        return types::fail("unknown form of a report", path.string(),
                           "end the name in .html or .pdf");
    const std::string text = ending == ".pdf" ? pdfFile(document) : htmlPage(document);
    return bytes::writeFile(path, std::string_view(text));
}

}  // namespace document

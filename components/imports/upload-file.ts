/** Sends a file and reports how far it is. @throws Error with a sentence for people */
export function uploadFile(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/imports/files");
    request.setRequestHeader("content-type", "text/csv");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded }) => onShare(loaded / Math.max(1, file.size));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 201 && typeof answer.id === "string") resolve({ id: answer.id });
      else reject(new Error(typeof answer.detail === "string" ? answer.detail : "The server refused the file. Try again."));
    };
    request.onerror = () => reject(new Error("The server cannot be reached. The file is not lost; try again."));
    request.onabort = () => reject(new Error("Stopped"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

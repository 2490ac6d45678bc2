/** Has the server make the labels as a file, and saves it. Throws what the server says when it refuses. */
export async function saveLabelFile(job: Record<string, unknown>): Promise<void> {
  const response = await fetch("/api/labels", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(job),
  }).catch(() => {
    throw new Error("The connection broke. Try again.");
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? "The labels could not be made. Try again.");
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "labels";
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Safari still reads the URL after the click.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
